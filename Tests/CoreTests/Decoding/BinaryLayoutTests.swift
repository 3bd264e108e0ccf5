import Core
import Testing

@Suite struct BinaryLayoutTests {
    private static func read(
        _ type: BinaryType, _ order: BinaryOrder, _ bytes: [UInt8]
    ) throws -> String {
        let layout = try BinaryLayout([BinaryField("x", at: 1, type, order)])
        let value = try layout.decode(([0xee] + bytes + [0xee]).span).readings.first?.value
        switch value {
        case .number(let number): return "\(number)"
        case .flag(let flag): return "\(flag)"
        default: return "nothing"
        }
    }

    @Test(
        arguments: [
            (BinaryType.u8, [0xfe], "254"), (.i8, [0xfe], "-2"), (.u16, [0xff, 0xfe], "65534"),
            (.i16, [0xff, 0xfe], "-2"), (.u32, [0xff, 0xff, 0xff, 0xfe], "4294967294"),
            (.i32, [0xff, 0xff, 0xff, 0xfe], "-2"),
            (.u64, [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "9223372036854775807"),
            (.u64, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "1.8446744073709552e+19"),
            (.i64, [0x80, 0, 0, 0, 0, 0, 0, 0], "-9223372036854775808"),
            (.f32, [0x41, 0xbe, 0, 0], "23.75"), (.f32, [0x3d, 0xcc, 0xcc, 0xcd], "0.1"),
            (.f32, [0x80, 0, 0, 0], "0"), (.f32, [0x7f, 0x7f, 0xff, 0xff], "3.4028235e+38"),
            (.f64, [0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], "0.1"),
            (.bcd16, [0x12, 0x34], "1234"), (.bcd32, [0x00, 0x00, 0x99, 0x09], "9909"),
            (.byteBit(7), [0x80], "true"), (.byteBit(0), [0xfe], "false"),
            (.wordBit(8), [0x01, 0x00], "true"), (.wordBit(0), [0x01, 0x00], "false"),
        ] as [(BinaryType, [UInt8], String)])
    func types(type: BinaryType, bytes: [UInt8], value: String) throws {
        #expect(try Self.read(type, .big, bytes) == value)
        #expect(try Self.read(type, .little, bytes.reversed()) == value)
    }

    /// 0x0a0b0c0d, and 0x4048f5c3, which is 3.14.
    @Test(
        arguments: [
            (BinaryOrder.big, [10, 11, 12, 13], [0x40, 0x48, 0xf5, 0xc3]),
            (.little, [13, 12, 11, 10], [0xc3, 0xf5, 0x48, 0x40]),
            (.bigSwapped, [12, 13, 10, 11], [0xf5, 0xc3, 0x40, 0x48]),
            (.littleSwapped, [11, 10, 13, 12], [0x48, 0x40, 0xc3, 0xf5]),
        ] as [(BinaryOrder, [UInt8], [UInt8])])
    func orders(order: BinaryOrder, integer: [UInt8], float: [UInt8]) throws {
        #expect(try Self.read(.u32, order, integer) == "168496141")
        #expect(try Self.read(.f32, order, float) == "3.14")
    }

    @Test(
        arguments: [
            (BinaryOrder.big, [1, 2, 3, 4, 5, 6, 7, 8]), (.little, [8, 7, 6, 5, 4, 3, 2, 1]),
            (.bigSwapped, [7, 8, 5, 6, 3, 4, 1, 2]), (.littleSwapped, [2, 1, 4, 3, 6, 5, 8, 7]),
        ] as [(BinaryOrder, [UInt8])])
    func ordersOfFourWords(order: BinaryOrder, bytes: [UInt8]) throws {
        #expect(try Self.read(.u64, order, bytes) == "72623859790382856")
    }

    @Test func scalesExactly() throws {
        let layout = try BinaryLayout([
            BinaryField(
                "t", at: 0, .i16, scale: .decimal(mantissa: 1, scale: 1),
                shift: .decimal(mantissa: -27_315, scale: 2), unit: "C"),
            BinaryField("on", at: 1, .byteBit(0)),
        ])
        let decoded = try layout.decode(([0x0b, 0x85] as [UInt8]).span)
        #expect(
            decoded.readings == [
                DecodedReading("t", .number(.decimal(mantissa: 2_175, scale: 2)), unit: "C"),
                DecodedReading("on", .flag(true)),
            ])
    }

    @Test func noNumbersAreProblems() throws {
        let layout = try BinaryLayout([
            BinaryField("nan", at: 0, .f32), BinaryField("digit", at: 4, .bcd16),
            BinaryField("huge", at: 6, .f64), BinaryField("good", at: 0, .u8),
        ])
        let bytes: [UInt8] = [0x7f, 0xc0, 0, 0, 0x1a, 0, 0x7f, 0xe0, 0, 0, 0, 0, 0, 0]
        let decoded = try layout.decode(bytes.span)
        #expect(decoded.readings.map(\.metric) == ["good"])
        #expect(
            decoded.problems == [
                "'nan' at offset 0 is no number", "'digit' at offset 4 is no number",
                "'huge' at offset 6 is no number",
            ])
        #expect(
            throws: Undecodable("'huge' is 8 bytes at offset 6, and the payload has 13")
        ) { try layout.decode(Array(bytes.dropLast()).span) }
    }

    @Test(arguments: [
        (BinaryForm.hex, "41BE0000"), (.hex, "0x41be0000\n"), (.hex, "41 be 00 00"),
        (.base64, "Qb4AAA=="), (.base64, "Qb4AAA"), (.base64, " Qb4AAA==\r\n"),
    ])
    func textForms(form: BinaryForm, text: String) throws {
        let layout = try BinaryLayout([BinaryField("x", at: 0, .f32)], in: form)
        let readings = try layout.decode(Array(text.utf8).span).readings
        #expect(readings.map(\.value) == [.number(.decimal(mantissa: 2_375, scale: 2))])
    }

    /// RFC 4648, section 10, and the characters in which its two alphabets differ.
    @Test(arguments: [
        ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
        ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"), ("Pz8/", "???"), ("Pz8_", "???"),
        ("fn5+", "~~~"), ("fn5-", "~~~"),
    ])
    func base64sExamples(text: String, said: String) throws {
        let bytes = Array(said.utf8)
        let fields = bytes.indices.map { BinaryField("\($0)", at: $0, .u8) }
        let readings = try BinaryLayout(fields, in: .base64).decode(Array(text.utf8).span).readings
        #expect(readings.map(\.value) == bytes.map { .number(Number(Int($0))) })
        let more = try BinaryLayout([BinaryField("x", at: bytes.count, .u8)], in: .base64)
        #expect(throws: Undecodable.self) { try more.decode(Array(text.utf8).span) }
    }

    @Test(arguments: [
        (BinaryForm.hex, "41b"), (.hex, "4g"), (.hex, "0x"), (.hex, "4 1"), (.hex, ""),
        (.base64, "Q"), (.base64, "Qb4A="), (.base64, "Qb4AA==="), (.base64, "===="),
        (.base64, "Qb*A"), (.base64, ""), (.base64, "Q=bA"),
    ])
    func refusesTexts(form: BinaryForm, text: String) throws {
        let layout = try BinaryLayout([BinaryField("x", at: 0, .u8)], in: form)
        #expect(throws: Undecodable.self) { try layout.decode(Array(text.utf8).span) }
    }

    @Test func layoutsThatCannotBeMeant() {
        for fields in [
            [], [BinaryField("", at: 0, .u8)], [BinaryField("a", at: -1, .u8)],
            [BinaryField("a", at: .max, .u8)], [BinaryField("a", at: 0, .byteBit(8))],
            [BinaryField("a", at: 0, .wordBit(-1))],
            [BinaryField("a", at: 0, .u8), BinaryField("a", at: 1, .u8)],
        ] {
            #expect(throws: BinaryLayout.Malformed.self) { try BinaryLayout(fields) }
        }
    }

    @Test func theFewestDigits() {
        #expect(Number(shortest: 0.1) == .decimal(mantissa: 1, scale: 1))
        #expect(Number(shortest: 1e22)?.description == "1e+22")
        let least = Double.leastNonzeroMagnitude
        #expect(Number(shortest: least)?.double == least)
        #expect(Number(shortest: -123_456.789) == .decimal(mantissa: -123_456_789, scale: 3))
        for value in [Double.nan, .infinity, -.infinity, 1e61] {
            #expect(Number(shortest: value) == nil)
        }
    }
}
