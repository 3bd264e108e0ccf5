import Core
import Simulator
import Testing

@Suite struct MessagePackTests {
    @Test(
        arguments: [
            // What msgpack.org shows: {"compact": true, "schema": 0}.
            (
                "82a7636f6d70616374c3a6736368656d6100",
                .object([.init("compact", .flag(true)), .init("schema", .decimal(0))])
            ),
            ("c0", .null), ("c2", .flag(false)), ("c3", .flag(true)),
            ("00", .decimal(0)), ("7f", .decimal(127)), ("e0", .decimal(-32)), ("ff", .decimal(-1)),
            ("ccff", .decimal(255)), ("cdffff", .decimal(65_535)),
            ("ceffffffff", .decimal(4_294_967_295)), ("cf7fffffffffffffff", .decimal(.max)),
            ("cfffffffffffffffff", .number(.binary(0x1p64))), ("d080", .decimal(-128)),
            ("d18000", .decimal(-32_768)), ("d280000000", .decimal(-2_147_483_648)),
            ("d38000000000000000", .decimal(.min)),
            ("ca4253eb85", .decimal(5_297_999_954_223_633, 14)),
            ("cb3ff199999999999a", .decimal(11, 1)), ("cb7e37e43c8800759c", .noNumber("1e+300")),
            ("ca7fc00000", .noNumber("NaN")), ("ca7f800000", .noNumber("Infinity")),
            ("cbfff0000000000000", .noNumber("-Infinity")),
            ("a0", .text("")), ("a3e6b0b4", .text("水")), ("d90161", .text("a")),
            ("da000161", .text("a")), ("db0000000161", .text("a")),
            ("c400", .bytes([])), ("c40101", .bytes([1])), ("c5000101", .bytes([1])),
            ("c60000000101", .bytes([1])), ("90", .array([])), ("93010203", .list(1...3)),
            ("dc000201 02", .list(1...2)), ("dd0000000101", .list(1...1)), ("80", .object([])),
            ("de000101c0", .object([.init("1", .null)])),
            ("df00000001 a161 c0", .object([.init("a", .null)])),
            (
                "84e001 d3800000000000000002 cfffffffffffffffff03 d9016104",
                .object([
                    .init("-32", .decimal(1)), .init("-9223372036854775808", .decimal(2)),
                    .init("18446744073709551615", .decimal(3)), .init("a", .decimal(4)),
                ])
            ),
            // Extensions, and of those the timestamps.
            ("d40501", .bytes([1])), ("d6800102 0304", .bytes([1, 2, 3, 4])),
            ("c70005", .bytes([])),
            ("c800010501", .bytes([1])), ("c9000000010501", .bytes([1])),
            ("d6ff514b67b0", .decimal(1_363_896_240)), ("c704ff514b67b0", .decimal(1_363_896_240)),
            ("d6ffffffffff", .decimal(4_294_967_295)),
            ("d7ff77359400514b67b0", .decimal(13_638_962_405, 1)),
            ("d7ffee6b27ffffffffff", .number(.binary(17_179_869_184))),
            ("d7ff00000003ffffffff", .decimal(17_179_869_183)),
            ("c70cff 00000001 0000000000000000", .decimal(1, 9)),
            ("c70cff 1dcd6500 ffffffffffffffff", .decimal(-5, 1)),
            ("c70cff 00000000 8000000000000000", .decimal(.min)),
        ] as [(String, Document)])
    func reads(bytes: String, document: Document) throws {
        #expect(try Document(messagePack: hex(bytes).span) == document)
    }

    @Test(arguments: [
        ("", "a value at byte 0"), ("c1", "a format in use at byte 0"),
        ("0000", "nothing after the value at byte 1"), ("cd01", "2 more bytes at byte 1"),
        ("d6", "1 more byte at byte 1"), ("d805", "16 more bytes at byte 2"),
        ("a2c328", "UTF-8 at byte 1"), ("d9", "1 more byte at byte 1"),
        ("ddffffffff00", "4294967295 values in 1 bytes at byte 5"),
        ("dfffffffff0000", "4294967295 members in 2 bytes at byte 5"),
        ("dbffffffff00", "4294967295 more bytes at byte 5"),
        ("c6ffffffff00", "4294967295 more bytes at byte 5"),
        ("c9ffffffff0500", "4294967295 more bytes at byte 6"),
        ("81c000", "a text or an integer as a key at byte 1"),
        ("81cb000000000000000000", "a text or an integer as a key at byte 1"),
        ("d4ff00", "a timestamp of 4, 8 or 12 bytes at byte 2"),
        ("d7ffee6b280000000000", "at most 999999999 nanoseconds at byte 2"),
        ("c70cff3b9aca000000000000000000", "at most 999999999 nanoseconds at byte 3"),
        ("92c1c0", "a format in use at byte 1"), ("81a1", "1 members in 1 bytes at byte 1"),
    ])
    func refuses(bytes: String, expected: String) {
        #expect(throws: Undecodable("not MessagePack: expected \(expected)")) {
            try Document(messagePack: hex(bytes).span)
        }
    }

    @Test func limitsDepthAndValues() throws {
        func deep(_ head: [UInt8], _ count: Int) throws(Undecodable) -> Document {
            let bytes = Array((0..<count).map { _ in head }.joined()) + [0]
            return try Document(messagePack: bytes.span)
        }
        for head in [[0x91], [0x81, 0x00], [0xdc, 0, 1], [0xdf, 0, 0, 0, 1, 0]] as [[UInt8]] {
            _ = try deep(head, Document.maximumDepth)
            #expect(throws: Undecodable.self) { try deep(head, Document.maximumDepth + 1) }
            #expect(throws: Undecodable.self) { try deep(head, 100_000) }
        }
        func wide(_ count: Int) throws(Undecodable) -> Document {
            let size = UInt32(count - 1)
            let bytes =
                [0xdd] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) }
                + [UInt8](repeating: 0, count: count - 1)
            return try Document(messagePack: bytes.span)
        }
        _ = try wide(Document.maximumValues)
        #expect(
            throws: Undecodable("not MessagePack: expected at most 65536 values at byte 65540")
        ) {
            try wide(Document.maximumValues + 1)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func readsWhatWasWritten(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let document = Document.random(using: &generator)
        var encoder = MessagePackEncoder(generator)
        encoder.write(document)
        #expect(
            try Document(messagePack: encoder.bytes.span) == document,
            "seed \(seed): \(encoder.bytes.hexText)")
        for count in 0..<min(encoder.bytes.count, 100) {
            #expect(throws: Undecodable.self, "seed \(seed), \(count) bytes") {
                try Document(messagePack: encoder.bytes.span.extracting(0..<count))
            }
        }
    }

    /// That it ends at all is the test; what it reads is within the limits.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func survivesAnything(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var encoder = MessagePackEncoder(generator)
        encoder.write(.random(using: &generator))
        for _ in 0..<100 {
            var bytes = Array(encoder.bytes.prefix(.random(in: 1...2_000, using: &generator)))
            if Bool.random(using: &generator) {
                bytes = bytes.prefix(60).map { _ in .random(in: 0...255, using: &generator) }
            }
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = .random(in: 0...255, using: &generator)
            }
            guard let document = try? Document(messagePack: bytes.span) else { continue }
            #expect(document.isFinite, "seed \(seed): \(bytes.hexText)")
        }
    }
}
