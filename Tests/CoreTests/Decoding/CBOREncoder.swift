import Core

/// Writes a document as CBOR in one of the many ways that RFC 8949 allows, at random.
struct CBOREncoder<Generator: RandomNumberGenerator> {
    private(set) var bytes: [UInt8] = []
    var generator: Generator

    init(_ generator: Generator) { self.generator = generator }

    mutating func write(_ document: Document) {
        // Tags that change nothing.
        if Int.random(in: 0..<20, using: &generator) == 0 { head(6, 55_799) }
        switch document {
        case .null: bytes.append(Bool.random(using: &generator) ? 0xf6 : 0xf7)
        case .flag(let flag): bytes.append(flag ? 0xf5 : 0xf4)
        case .number(.decimal(let integer, 0)): write(integer)
        case .number(.decimal(let mantissa, let scale)):
            if Bool.random(using: &generator) {
                head(6, 4)
                head(4, 2)
                head(1, UInt64(scale) - 1)
                write(mantissa)
            } else {
                write(Number.decimal(mantissa: mantissa, scale: scale).double)
            }
        case .number(.binary(let double)): write(double)
        case .noNumber("NaN"): bytes += [0xf9, 0x7e, 0]
        case .noNumber("Infinity"): bytes += [0xfa, 0x7f, 0x80, 0, 0]
        case .noNumber: bytes += [0xfb, 0xff, 0xf0, 0, 0, 0, 0, 0, 0]
        case .text(let text): string(3, text.unicodeScalars.map { Array(String($0).utf8) })
        case .bytes(let content): string(2, content.map { [$0] })
        case .array(let elements):
            container(4, elements) { $0.write($1) }
        case .object(let members):
            container(5, members) { encoder, member in
                if let integer = Int64(member.name), Bool.random(using: &encoder.generator) {
                    encoder.write(integer)
                } else {
                    encoder.string(3, member.name.unicodeScalars.map { Array(String($0).utf8) })
                }
                encoder.write(member.value)
            }
        }
    }

    private mutating func write(_ integer: Int64) {
        head(integer < 0 ? 1 : 0, UInt64(integer < 0 ? -1 - integer : integer))
    }

    private mutating func write(_ double: Double) {
        bytes.append(0xfb)
        bigEndian(double.bitPattern, 8)
    }

    private mutating func container<Element>(
        _ major: UInt8, _ elements: [Element], _ write: (inout Self, Element) -> Void
    ) {
        let isIndefinite = Bool.random(using: &generator)
        if isIndefinite {
            bytes.append(major << 5 | 31)
        } else {
            head(major, UInt64(elements.count))
        }
        for element in elements { write(&self, element) }
        if isIndefinite { bytes.append(0xff) }
    }

    private mutating func string(_ major: UInt8, _ pieces: [[UInt8]]) {
        if Bool.random(using: &generator) {
            bytes.append(major << 5 | 31)
            for piece in pieces {
                head(major, UInt64(piece.count))
                bytes += piece
            }
            bytes.append(0xff)
        } else {
            head(major, UInt64(pieces.reduce(0) { $0 + $1.count }))
            for piece in pieces { bytes += piece }
        }
    }

    /// In the shortest form or a longer one.
    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        let least =
            argument < 24
            ? 0
            : argument < 1 << 8
                ? 1
                : argument < 1 << 16
                    ? 2
                    : argument < 1 << 32 ? 3 : 4
        switch Int.random(in: least...4, using: &generator) {
        case 0: bytes.append(major << 5 | UInt8(argument))
        case let size:
            bytes.append(major << 5 | UInt8(23 + size))
            bigEndian(argument, 1 << (size - 1))
        }
    }

    private mutating func bigEndian(_ value: UInt64, _ count: Int) {
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8)))
        }
    }
}
