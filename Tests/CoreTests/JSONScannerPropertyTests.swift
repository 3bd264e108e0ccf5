import Core
import Foundation
import Simulator
import Testing

/// The scanner against a strict reader of our own, and against Foundation.
@Suite struct JSONScannerPropertyTests {
    private static let rounds = 3_000

    private func paths(_ random: inout RandomJSON) throws -> [JSONPath] {
        try (0..<Int.random(in: 0...6, using: &random.generator)).map { _ in
            try JSONPath(random.path())
        }
    }

    private func scan(_ bytes: [UInt8], _ paths: [JSONPath]) -> [JSONScanner.Finding]? {
        var findings: [JSONScanner.Finding] = []
        let scanner = JSONScanner(paths: paths)
        // What an earlier scan left must not matter.
        let earlier = Array(#"{"a":true,"b":[[],"x"],"value":{"a":1}}"#.utf8)
        guard (try? scanner.scan(earlier.span, into: &findings)) != nil,
            (try? scanner.scan(bytes.span, into: &findings)) != nil
        else { return nil }
        return findings
    }

    private func value(
        _ finding: JSONScanner.Finding, in bytes: [UInt8]
    ) -> StrictJSON.Value? {
        switch finding.kind {
        case .missing: nil
        case .number: .number(String(decoding: bytes[finding.range], as: UTF8.self))
        case .string: .string(JSONScanner.text(of: finding, in: bytes.span))
        case .truth: .truth
        case .falsehood: .falsehood
        case .null: .null
        case .other: .other
        }
    }

    @Test(arguments: UInt64(1)...8)
    func agreesWithTheStrictReader(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        var (valid, invalid) = (0, 0)
        for round in 0..<Self.rounds {
            var bytes = random.document(areNamesUnique: false)
            if random.chance(50) { bytes = random.damage(bytes) }
            let paths = try paths(&random)
            let found = scan(bytes, paths)
            let strict = StrictJSON(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            try #require(
                (found == nil) == (strict == nil), "seed \(seed), round \(round): \(text)")
            guard let found, let strict else {
                invalid += 1
                continue
            }
            valid += 1
            for (path, finding) in zip(paths, found) {
                try #require(
                    value(finding, in: bytes) == strict.values[path.steps],
                    "seed \(seed), round \(round): \(path.text) in \(text)")
            }
        }
        #expect(valid > Self.rounds / 3 && invalid > Self.rounds / 10, "\(valid), \(invalid)")
    }

    @Test(arguments: UInt64(11)...14)
    func findsWhatFoundationFinds(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for round in 0..<Self.rounds {
            let bytes = random.document(areNamesUnique: true)
            let paths = try paths(&random)
            let text = String(decoding: bytes, as: UTF8.self)
            // Foundation refuses numbers that are no double.
            guard
                let root = try? JSONSerialization.jsonObject(
                    with: Data(bytes), options: .fragmentsAllowed)
            else { continue }
            let found = try #require(scan(bytes, paths), "seed \(seed), round \(round): \(text)")
            for (path, finding) in zip(paths, found) {
                try #require(
                    isSame(value(finding, in: bytes), look(path.steps[...], in: root)),
                    "seed \(seed), round \(round): \(path.text) in \(text)")
            }
        }
    }

    private func look(_ steps: ArraySlice<JSONPath.Step>, in value: Any) -> Any? {
        switch steps.first {
        case nil: return value
        case .key(let name):
            let members = value as? [String: Any] ?? [:]
            let member = members.first { Array($0.key.utf8) == name }
            return member.flatMap { look(steps.dropFirst(), in: $0.value) }
        case .index(let index):
            guard let items = value as? [Any], items.indices.contains(index) else { return nil }
            return look(steps.dropFirst(), in: items[index])
        }
    }

    private func isSame(_ ours: StrictJSON.Value?, _ theirs: Any?) -> Bool {
        switch ours {
        case nil: theirs == nil
        case .null: theirs is NSNull
        case .truth: theirs as? Bool == true
        case .falsehood: theirs as? Bool == false
        case .other: theirs is [Any] || theirs is [String: Any]
        case .string(let bytes): (theirs as? String).map { Array($0.utf8) } == bytes
        case .number(let text):
            if let ours = Double(text), let theirs = (theirs as? NSNumber)?.doubleValue {
                (ours - theirs).magnitude <= 64 * ours.ulp
            } else {
                false
            }
        }
    }

    /// At each distance from the end: what is read eight bytes at a time ends somewhere.
    @Test func findsMembersAtEachLength() throws {
        for length in 0...40 {
            let name = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(length))
            for other in ["", "x", name + "y", String(name.dropLast()), "y" + name.dropFirst()] {
                let bytes = Array(#"{"\#(name)":1,"\#(other)":{}}"#.utf8)
                let paths = [try JSONPath("$['\(name)']"), try JSONPath("$['\(name)'].b")]
                let kind: JSONScanner.Finding.Kind = other == name ? .other : .number
                #expect(scan(bytes, paths)?.map(\.kind) == [kind, .missing], "\(name), \(other)")
            }
        }
    }

    @Test func findsPathsThatAreTheSame() throws {
        let bytes = Array(#"{"a":[1,2]}"#.utf8)
        let paths = try ["$.a[1]", "$['a'][1]", "$.a", "$.a[1]"].map { try JSONPath($0) }
        let kinds: [JSONScanner.Finding.Kind] = [.number, .number, .other, .number]
        #expect(scan(bytes, paths)?.map(\.kind) == kinds)
    }
}
