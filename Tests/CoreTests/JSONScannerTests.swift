import Core
import Foundation
import Simulator
import Testing

@Suite struct JSONScannerTests {
    private func scan(_ text: String, _ paths: [String]) throws -> [String] {
        let bytes = Array(text.utf8)
        let scanner = JSONScanner(paths: try paths.map { try JSONPath($0) })
        var findings: [JSONScanner.Finding] = []
        try scanner.scan(bytes.span, into: &findings)
        return findings.map { "\($0.kind) \(String(decoding: bytes[$0.range], as: UTF8.self))" }
    }

    @Test func findsValues() throws {
        let text = #"{"a":{"b":[1,{"c":-2.5e3}]},"s":"x\"y","t":true,"n":null,"odd name":7}"#
        let found = try scan(
            text, ["$.a.b[0]", "$.a.b[1].c", "$.s", "$.t", "$.n", "$['odd name']", "$.a", "$.z"])
        #expect(
            found == [
                "number 1", "number -2.5e3", #"string x\"y"#, "truth ", "null ", "number 7",
                "other ", "missing ",
            ])
    }

    @Test func undoesEscapesInNames() throws {
        #expect(try scan(#"{"\u0061\u00e9":1}"#, ["$.aé"]) == ["number 1"])
        #expect(try scan(#"{"a\\b":1}"#, [#"$['a\b']"#]) == ["number 1"])
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "01", "1.", "+1", "tru", "\"\\x\"", "\"a",
        "{\"a\":1} x", "\"\u{01}\"", "[1 2]", "{a:1}", "nul",
    ])
    func refuses(text: String) {
        #expect(throws: JSONScanner.Malformed.self) { try scan(text, ["$.a"]) }
    }

    @Test func refusesWhatIsNotUTF8() {
        for bytes: [UInt8] in [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
        ] {
            var findings: [JSONScanner.Finding] = []
            #expect(throws: JSONScanner.Malformed.self) {
                try JSONScanner(paths: []).scan(bytes.span, into: &findings)
            }
        }
    }

    @Test func boundsTheDepth() {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(throws: JSONScanner.Malformed.self) { try scan(deep, []) }
        let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try scan(allowed, []) }
    }

    /// Texts made at random and then damaged: valid here exactly where Foundation says so.
    @Test(arguments: [UInt64(1), 2, 3])
    func agreesWithFoundation(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        for _ in 0..<2_000 {
            var bytes = Array(Self.random(&generator, depth: 0).utf8)
            if Bool.random(using: &generator), !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = Array(#"{}[]",:0e-.tn\ "#.utf8).randomElement(using: &generator)!
            }
            var findings: [JSONScanner.Finding] = []
            let ours =
                (try? JSONScanner(paths: []).scan(bytes.span, into: &findings)) != nil
            let theirs =
                (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
                != nil
            // Foundation takes a comma before the end, which RFC 8259 does not have.
            let text = String(decoding: bytes, as: UTF8.self)
            if text.contains(/,\s*[\]}]/) { continue }
            #expect(
                ours == theirs, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private static func random(_ generator: inout SplitMix, depth: Int) -> String {
        switch Int.random(in: 0...(depth > 3 ? 4 : 6), using: &generator) {
        case 0: return "\(Int.random(in: -999...999, using: &generator))"
        case 1: return "\(Int.random(in: 0...99, using: &generator)).5e-2"
        case 2: return ["true", "false", "null"].randomElement(using: &generator)!
        case 3: return #""a\n\u00e9b""#
        case 4: return #""°C é""#
        case 5:
            let items = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                random(&generator, depth: depth + 1)
            }
            return "[ \(items.joined(separator: ", "))]"
        default:
            let items = (0..<Int.random(in: 0...3, using: &generator)).map {
                "\"k\($0)\" : \(random(&generator, depth: depth + 1))"
            }
            return "{\(items.joined(separator: ","))}"
        }
    }

    @Test(arguments: ["a", "$a", "$.", "$[x]", "$[", "$['a]", "$[-1]", "$.a..b"])
    func refusesPaths(text: String) {
        #expect(throws: JSONPath.Malformed.self) { try JSONPath(text) }
    }
}
