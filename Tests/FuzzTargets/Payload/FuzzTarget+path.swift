internal import Core
internal import Foundation

extension FuzzTarget {
    /// A path, a line end, and a JSON text in which it is looked for.
    static let path = FuzzTarget("path", seeds: pathSeeds) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        guard let text = String(validating: input.until(0x0a), as: UTF8.self),
            let path = try? JSONPath(text)
        else { return }
        let json = input.rest()
        try require(path.steps.count <= JSONPath.maximumSteps, "\(path.steps.count) steps")
        let scanner = JSONScanner(paths: [path])
        var findings: [JSONScanner.Finding] = []
        if (try? scanner.scan(json.span, into: &findings)) != nil {
            try require(ReferenceJSON.accepts(json), "taken, and no JSON")
        }
        // Foundation takes more than JSON; what it writes is JSON, each name once.
        guard let value = ReferenceJSON.parse(json), let written = ReferenceJSON.write(value),
            ReferenceJSON.depth(of: written) <= JSONScanner.maximumDepth
        else { return }
        try must("refused, and it is JSON") { try scanner.scan(written.span, into: &findings) }
        try compare(findings[0], in: written, with: look(path.steps[...], in: value))
    }

    private static func look(_ steps: ArraySlice<JSONPath.Step>, in value: Any) -> Any? {
        guard let step = steps.first else { return value }
        switch step {
        case .key(let key):
            guard let object = value as? [String: Any] else { return nil }
            // Byte by byte: Swift's strings are equal where they are canonically equivalent.
            return object.first { Array($0.key.utf8) == key }
                .flatMap { look(steps.dropFirst(), in: $0.value) }
        case .index(let index):
            guard let array = value as? [Any], array.indices.contains(index) else { return nil }
            return look(steps.dropFirst(), in: array[index])
        }
    }

    private static func compare(
        _ finding: JSONScanner.Finding, in json: [UInt8], with value: Any?
    ) throws(Violation) {
        switch finding.kind {
        case .missing: try require(value == nil, "not found")
        case .null: try require(value is NSNull, "a null that is none")
        case .truth: try require(value as? Bool == true, "a truth that is none")
        case .falsehood: try require(value as? Bool == false, "a falsehood that is none")
        case .string:
            guard let text = value as? String else { throw Violation("a string that is none") }
            let raw = Array(json[finding.range])
            guard !raw.contains(UInt8(ascii: "\\")) else { return }
            try require(Array(text.utf8) == raw, "another string")
        case .number:
            guard let other = (value as? NSNumber)?.doubleValue else {
                throw Violation("a number that is none")
            }
            guard let own = Number(parsing: json[finding.range].span)?.double else { return }
            // Foundation is some units off in the last place where digits are many.
            let error = (own - other).magnitude
            try require(
                own == other || error <= 64 * own.ulp, "\(own) where Foundation reads \(other)")
        case .other:
            try require(value is [Any] || value is [String: Any], "an object that is none")
        }
    }

    /// A decimal is divided by a power of ten, which rounds once more.
    static func isNear(_ left: Double, _ right: Double) -> Bool {
        left == right
            || (left - right).magnitude <= 4 * max(left.magnitude, right.magnitude).ulp
    }

    private static var pathSeeds: [FuzzSeed] {
        [
            FuzzSeed("root", "$\n12.5"), FuzzSeed("key", "$.value\n{\"value\":1}"),
            FuzzSeed("index", "$[2]\n[0,1,\"two\"]"),
            FuzzSeed("quoted", "$['a.b'].c\n{\"a.b\":{\"c\":-1.5e-3}}"),
            FuzzSeed("escaped", "$.ä\n{\"\\u00e4\":null}"),
            FuzzSeed("missing", "$.x.y\n{\"x\":[true,false]}"),
            FuzzSeed("deep", "$.a[0].a[0].a\n{\"a\":[{\"a\":[{\"a\":1e400}]}]}"),
            FuzzSeed("object", "$.a\n{\"a\":{},\"b\":[]}"),
            FuzzSeed("twice", "$.a\n{\"a\":1,\"a\":2}"),
            FuzzSeed("no-path", "value\n{}"), FuzzSeed("open", "$[\n[]"),
            FuzzSeed("too-many", "$" + String(repeating: ".a", count: 17) + "\n1"),
            FuzzSeed("huge-index", "$[99999999999999999999]\n[]"),
            FuzzSeed("escapes", "$[0]\n[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\"]"),
        ]
    }
}
