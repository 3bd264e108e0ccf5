import Core

/// Bytes in hexadecimal; spaces do not count.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
        UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
}

extension [UInt8] {
    var hexText: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension Document {
    static func decimal(_ mantissa: Int64, _ scale: UInt8 = 0) -> Document {
        .number(.decimal(mantissa: mantissa, scale: scale))
    }

    static func list(_ integers: ClosedRange<Int64>) -> Document {
        .array(integers.map { .decimal($0) })
    }

    var isFinite: Bool {
        switch self {
        case .number(let number): number.double.magnitude <= Number.largest
        case .array(let elements): elements.allSatisfy(\.isFinite)
        case .object(let members): members.allSatisfy(\.value.isFinite)
        default: true
        }
    }

    /// A document as a device might send one, with what both formats can say exactly.
    static func random(
        using generator: inout some RandomNumberGenerator, depth: Int = 0
    ) -> Document {
        switch Int.random(in: 0..<(depth < 5 ? 10 : 8), using: &generator) {
        case 0: .null
        case 1: .flag(.random(using: &generator))
        case 2: .decimal(integer(using: &generator))
        case 3: .number(.binary(-Double(UInt64.random(in: 1 << 63 ... .max, using: &generator))))
        case 4:
            [.noNumber("NaN"), .noNumber("Infinity"), .noNumber("-Infinity")]
                .randomElement(using: &generator) ?? .null
        case 5: .text(text(using: &generator))
        case 6: .bytes((0..<UInt8.random(in: 0...40, using: &generator)).map { $0 })
        // Of at most 15 digits, for which a double has no shorter ones.
        case 7:
            .number(
                Number.decimal(
                    mantissa: .random(
                        in: -999_999_999_999_999...999_999_999_999_999,
                        using: &generator),
                    scale: .random(in: 0...18, using: &generator)
                ).normalized)
        case 8:
            .array(
                (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                    .random(using: &generator, depth: depth + 1)
                })
        default:
            .object(
                (0..<Int.random(in: 0...18, using: &generator)).map { _ in
                    Member(
                        Bool.random(using: &generator)
                            ? text(using: &generator) : "\(integer(using: &generator))",
                        .random(using: &generator, depth: depth + 1))
                })
        }
    }

    private static func integer(using generator: inout some RandomNumberGenerator) -> Int64 {
        Int64.random(in: .min ... .max, using: &generator)
            >> Int64.random(in: 0...63, using: &generator)
    }

    private static func text(using generator: inout some RandomNumberGenerator) -> String {
        let length = [0, 3, 23, 31, 32, 256].randomElement(using: &generator) ?? 0
        return String(
            (0..<length).map { _ in "aZ 7é水😀\0".randomElement(using: &generator) ?? "a" })
    }
}
