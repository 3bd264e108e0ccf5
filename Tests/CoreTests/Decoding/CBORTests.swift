import Core
import Simulator
import Testing

@Suite struct CBORTests {
    /// RFC 8949, appendix A: numbers.
    @Test(arguments: [
        ("00", "0"), ("01", "1"), ("0a", "10"), ("17", "23"), ("1818", "24"), ("1819", "25"),
        ("1864", "100"), ("1903e8", "1000"), ("1a000f4240", "1000000"),
        ("1b000000e8d4a51000", "1000000000000"),
        ("1bffffffffffffffff", "1.8446744073709552e+19"),
        ("c249010000000000000000", "1.8446744073709552e+19"),
        ("3bffffffffffffffff", "-1.8446744073709552e+19"),
        ("c349010000000000000000", "-1.8446744073709552e+19"),
        ("20", "-1"), ("29", "-10"), ("3863", "-100"), ("3903e7", "-1000"), ("f90000", "0"),
        ("f98000", "0"), ("f93c00", "1"), ("fb3ff199999999999a", "1.1"), ("f93e00", "1.5"),
        ("f97bff", "65504"), ("fa47c35000", "100000"), ("fa7f7fffff", "3.4028234663852886e+38"),
        ("f90001", "5.960464477539063e-08"), ("f90400", "0.00006103515625"), ("f9c400", "-4"),
        ("fbc010666666666666", "-4.1"), ("c11a514b67b0", "1363896240"),
        ("c1fb41d452d9ec200000", "1363896240.5"),
        // Section 3.4.4: 273.15 and 1.5.
        ("c48221196ab3", "273.15"), ("c5822003", "1.5"),
    ])
    func readsNumbersOfTheStandard(bytes: String, number: String) throws {
        guard case .number(let read) = try Document(cbor: hex(bytes).span) else {
            Issue.record("\(bytes) is no number")
            return
        }
        #expect(read.description == number)
    }

    /// RFC 8949, appendix A: everything else.
    @Test(
        arguments: [
            ("fb7e37e43c8800759c", .noNumber("1e+300")),
            ("f97c00", .noNumber("Infinity")), ("f97e00", .noNumber("NaN")),
            ("f9fc00", .noNumber("-Infinity")), ("fa7f800000", .noNumber("Infinity")),
            ("fa7fc00000", .noNumber("NaN")), ("faff800000", .noNumber("-Infinity")),
            ("fb7ff0000000000000", .noNumber("Infinity")), ("fb7ff8000000000000", .noNumber("NaN")),
            ("fbfff0000000000000", .noNumber("-Infinity")),
            ("f4", .flag(false)), ("f5", .flag(true)), ("f6", .null), ("f7", .null), ("f0", .null),
            ("f8ff", .null),
            ("c074323031332d30332d32315432303a30343a30305a", .text("2013-03-21T20:04:00Z")),
            ("d74401020304", .bytes([1, 2, 3, 4])),
            ("d818456449455446", .bytes([0x64, 0x49, 0x45, 0x54, 0x46])),
            (
                "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
                .text("http://www.example.com")
            ),
            ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")),
            ("6161", .text("a")), ("6449455446", .text("IETF")), ("62225c", .text("\"\\")),
            ("62c3bc", .text("ü")), ("63e6b0b4", .text("水")), ("64f0908591", .text("𐅑")),
            ("80", .array([])), ("83010203", .list(1...3)), ("8301820203820405", Self.nested),
            ("98190102030405060708090a0b0c0d0e0f101112131415161718181819", .list(1...25)),
            ("a0", .object([])),
            ("a201020304", .object([.init("1", .decimal(2)), .init("3", .decimal(4))])),
            ("a26161016162820203", Self.map), ("826161a161626163", Self.pair),
            (
                "a56161614161626142616361436164614461656145",
                .object(["a", "b", "c", "d", "e"].map { .init($0, .text($0.uppercased())) })
            ),
            ("5f42010243030405ff", .bytes([1, 2, 3, 4, 5])),
            ("7f657374726561646d696e67ff", .text("streaming")), ("9fff", .array([])),
            ("9f018202039f0405ffff", Self.nested), ("9f01820203820405ff", Self.nested),
            ("83018202039f0405ff", Self.nested), ("83019f0203ff820405", Self.nested),
            ("9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", .list(1...25)),
            ("bf61610161629f0203ffff", Self.map), ("826161bf61626163ff", Self.pair),
            (
                "bf6346756ef563416d7421ff",
                .object([.init("Fun", .flag(true)), .init("Amt", .decimal(-2))])
            ),
        ] as [(String, Document)])
    func readsTheStandardsExamples(bytes: String, document: Document) throws {
        #expect(try Document(cbor: hex(bytes).span) == document)
    }

    private static let nested = Document.array([.decimal(1), .list(2...3), .list(4...5)])
    private static let map = Document.object([.init("a", .decimal(1)), .init("b", .list(2...3))])
    private static let pair = Document.array([.text("a"), .object([.init("b", .text("c"))])])

    /// RFC 8428, section 6.
    @Test func readsSenML() throws {
        let pack = try Document(
            cbor: hex(
                """
                87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b001062
                23614120050067766f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb3f
                f3333333333333a3006763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202
                fb3ff6666666666666a3006763757272656e74062102f93e00a3006763757272656e74062002fb3ff999
                999999999aa3006763757272656e74060002fb3ffb333333333333
                """
            ).span)
        func current(_ time: Int64, _ tenths: Int64) -> Document {
            .object([
                .init("0", .text("current")), .init("6", .decimal(time)),
                .init("2", .decimal(tenths, 1)),
            ])
        }
        let first = Document.object([
            .init("-2", .text("urn:dev:ow:10e2073a0108006:")),
            .init("-3", .decimal(1_276_020_076_001, 3)), .init("-4", .text("A")),
            .init("-1", .decimal(5)), .init("0", .text("voltage")), .init("1", .text("V")),
            .init("2", .decimal(1201, 1)),
        ])
        #expect(
            pack
                == .array(
                    [first] + zip(-5...0, 12...17).map { current(Int64($0), Int64($1)) }))
    }

    @Test(
        arguments: [
            // The last integers that are decimals, and the first that are not.
            ("1b7fffffffffffffff", .decimal(.max)), ("3b7fffffffffffffff", .decimal(.min)),
            ("1b8000000000000000", .number(.binary(0x1p63))),
            ("3b8000000000000000", .number(.binary(-0x1p63))),
            ("c240", .decimal(0)), ("c340", .decimal(-1)), ("c2420001", .decimal(1)),
            ("c2487fffffffffffffff", .decimal(.max)), ("c3487fffffffffffffff", .decimal(.min)),
            ("c25f4101420203ff", .decimal(0x010203)),
            // Half of the last place, and a bit more; then carried.
            ("c24a80000000000004000000", .number(.binary(0x1p79))),
            ("c24a80000000000004000001", .number(.binary(0x1.0000000000001p79))),
            ("c34a80000000000004000000", .number(.binary(-0x1.0000000000001p79))),
            ("c34a80000000000003ffffff", .number(.binary(-0x1p79))),
            ("c349ffffffffffffffffff", .number(.binary(-0x1p72))),
            ("c2581a" + String(repeating: "ff", count: 26), .noNumber("an integer of 26 bytes")),
            ("c25880" + String(repeating: "ff", count: 128), .noNumber("an integer of 128 bytes")),
            (
                "c25900ff" + String(repeating: "ff", count: 255),
                .noNumber("an integer of 255 bytes")
            ),
            // Decimal fractions: of 18 places, of zeros, of a bignum, too large, too small.
            ("c4823101", .decimal(1, 18)), ("c48202187b", .decimal(12_300)),
            ("c4823a05f5e0ff00", .decimal(0)),
            (
                "c48229c249010000000000000000",
                .decimal(
                    18_446_744_073_709_552, 7)
            ),
            ("c482183c01", .number(.binary(1e60))), ("c482183d01", .noNumber("1 * 10^61")),
            ("c4821b7fffffffffffffff01", .noNumber("1 * 10^9223372036854775807")),
            ("c4821bffffffffffffffff01", .noNumber("1 * 10^1.8446744073709552e+19")),
            ("c4823b7fffffffffffffff20", .number(.binary(-0.0))),
            ("c482001b7fffffffffffffff", .decimal(.max)),
            ("c5823b7fffffffffffffff01", .decimal(0)), ("c582183e01", .decimal(1 << 62)),
            ("c582183f01", .number(.binary(0x1p63))), ("c5821b7fffffffffffffff00", .decimal(0)),
            ("c58219010001", .noNumber("1 * 2^256")),
            // A float says the digits of the double that it is.
            ("fa4253eb85", .decimal(5_297_999_954_223_633, 14)),
            ("fa3dcccccd", .decimal(10_000_000_149_011_612, 17)),
            ("fb43e0000000000000", .number(.binary(0x1p63))),
            ("fb43d0000000000000", .decimal(1 << 62)),
            ("d9d9f7a10102", .object([.init("1", .decimal(2))])), ("f820", .null),
            (
                "a33bffffffffffffffff01 1bffffffffffffffff02 7f6161ff03",
                .object([
                    .init("-18446744073709551616", .decimal(1)),
                    .init("18446744073709551615", .decimal(2)), .init("a", .decimal(3)),
                ])
            ),
        ] as [(String, Document)])
    func readsTheExtreme(bytes: String, document: Document) throws {
        #expect(try Document(cbor: hex(bytes).span) == document)
    }

    /// RFC 8949, appendix F.
    @Test(arguments: [
        // The input ends in a head.
        "18", "19", "1a", "1b", "1901", "1a0102", "1b01020304050607", "38", "58", "78", "98",
        "9a01ff00", "b8", "d8", "f8", "f900", "fa0000", "fb000000",
        // Strings, maps and arrays with too little in them.
        "41", "61", "5affffffff00", "5bffffffffffffffff010203", "7affffffff00",
        "7b7fffffffffffffff010203", "81", "818181818181818181", "8200", "a1", "a20102", "a100",
        "a2000000", "c0",
        // What is of indefinite length, and without an end.
        "5f4100", "7f6100", "9f", "9f0102", "bf", "bf01020102", "819f", "9f8000",
        "9f9f9f9f9fffffffff", "9f819f819f9fffffff",
        // Reserved.
        "1c", "1d", "1e", "3c", "3d", "3e", "5c", "5d", "5e", "7c", "7d", "7e", "9c", "9d", "9e",
        "bc", "bd", "be", "dc", "dd", "de", "fc", "fd", "fe", "f800", "f801", "f818", "f81f",
        // Chunks of another type, and chunks of chunks.
        "5f00ff", "5f21ff", "5f6100ff", "5f80ff", "5fa0ff", "5fc000ff", "5fe0ff", "7f4100ff",
        "5f5f4100ffff", "7f7f6100ffff",
        // A break where none may be.
        "ff", "81ff", "8200ff", "a1ff", "a1ff00", "a100ff", "a20000ff", "9f81ff",
        "9f829f819f9fffffffff", "bf00ff", "bf000000ff", "1f", "3f", "df",
    ])
    func refusesTheMalformed(bytes: String) {
        #expect(throws: Undecodable.self) { try Document(cbor: hex(bytes).span) }
    }

    @Test(arguments: [
        ("", "a value at byte 0"), ("8201", "2 values in 1 bytes at byte 1"),
        ("0000", "nothing after the value at byte 1"),
        ("5bffffffffffffffff01", "18446744073709551615 more bytes at byte 9"),
        ("9bffffffffffffffff01", "18446744073709551615 values in 1 bytes at byte 9"),
        ("bb7fffffffffffffff01", "9223372036854775807 members in 1 bytes at byte 9"),
        ("621fff", "UTF-8 at byte 2"), ("7f61c361bcff", "UTF-8 at byte 2"),
        ("a1f400", "a text or an integer as a key at byte 1"),
        ("a1c16000", "a text or an integer as a key at byte 1"),
        ("a1ff00", "a value, not a break at byte 1"), ("811c", "a length in use at byte 1"),
        ("18", "1 more byte at byte 1"), ("c201", "a bignum's bytes at byte 1"),
        ("f818", "a simple value of at least 32 at byte 0"),
        ("c401", "an exponent and a mantissa, whole numbers at byte 1"),
        ("c482f93e0001", "an exponent and a mantissa, whole numbers at byte 1"),
        ("c48201f93e00", "an exponent and a mantissa, whole numbers at byte 1"),
        ("c4820161", "1 more byte at byte 4"),
        ("7f4100ff", "a chunk of text at byte 1"), ("5f5f4100ffff", "a chunk of bytes at byte 1"),
    ])
    func saysWhy(bytes: String, expected: String) {
        #expect(throws: Undecodable("not CBOR: expected \(expected)")) {
            try Document(cbor: hex(bytes).span)
        }
    }

    @Test func limitsDepthAndValues() throws {
        func deep(_ head: [UInt8], _ count: Int) throws(Undecodable) -> Document {
            let bytes = Array((0..<count).map { _ in head }.joined()) + [0]
            return try Document(cbor: bytes.span)
        }
        for head in [[0x81], [0xa1, 0x00], [0xc1], [0xd9, 0xd9, 0xf7]] as [[UInt8]] {
            _ = try deep(head, Document.maximumDepth)
            #expect(throws: Undecodable.self) { try deep(head, Document.maximumDepth + 1) }
            #expect(throws: Undecodable.self) { try deep(head, 100_000) }
        }
        #expect(throws: Undecodable("not CBOR: expected at most 64 levels at byte 65")) {
            try deep([0x81], 100_000)
        }
        #expect(throws: Undecodable.self) { try deep([0x9f], 100_000) }

        func wide(_ count: Int) throws(Undecodable) -> Document {
            let bytes = [0x9f] + [UInt8](repeating: 0, count: count - 1) + [0xff]
            return try Document(cbor: bytes.span)
        }
        _ = try wide(Document.maximumValues)
        #expect(throws: Undecodable("not CBOR: expected at most 65536 values at byte 65537")) {
            try wide(Document.maximumValues + 1)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func readsWhatWasWritten(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let document = Document.random(using: &generator)
        var encoder = CBOREncoder(generator)
        encoder.write(document)
        #expect(
            try Document(cbor: encoder.bytes.span) == document,
            "seed \(seed): \(encoder.bytes.hexText)")
        // No beginning of an item is an item.
        for count in 0..<min(encoder.bytes.count, 100) {
            #expect(throws: Undecodable.self, "seed \(seed), \(count) bytes") {
                try Document(cbor: encoder.bytes.span.extracting(0..<count))
            }
        }
    }

    /// That it ends at all is the test; what it reads is within the limits.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func survivesAnything(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var encoder = CBOREncoder(generator)
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
            guard let document = try? Document(cbor: bytes.span) else { continue }
            #expect(document.isFinite, "seed \(seed): \(bytes.hexText)")
        }
    }
}
