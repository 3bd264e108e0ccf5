import Core

/// Writes a document as MessagePack, in any format that has room, at random.
struct MessagePackEncoder<Generator: RandomNumberGenerator> {
    private(set) var bytes: [UInt8] = []
    var generator: Generator

    init(_ generator: Generator) { self.generator = generator }

    mutating func write(_ document: Document) {
        switch document {
        case .null: bytes.append(0xc0)
        case .flag(let flag): bytes.append(flag ? 0xc3 : 0xc2)
        case .number(.decimal(let integer, 0)): write(integer)
        case .number(let number): format(0xcb, number.double.bitPattern, 8)
        case .noNumber("NaN"): format(0xcb, Double.nan.bitPattern, 8)
        case .noNumber("Infinity"): format(0xca, UInt64(Float.infinity.bitPattern), 4)
        case .noNumber: format(0xcb, (-Double.infinity).bitPattern, 8)
        case .text(let text): write(text)
        case .bytes(let content):
            if let power = [1, 2, 4, 8, 16].firstIndex(of: content.count),
                Bool.random(using: &generator)
            {
                bytes += [0xd4 + UInt8(power), 42]
            } else if Bool.random(using: &generator) {
                length(content.count, [(0xc7, 1), (0xc8, 2), (0xc9, 4)])
                bytes.append(0x80)
            } else {
                length(content.count, [(0xc4, 1), (0xc5, 2), (0xc6, 4)])
            }
            bytes += content
        case .array(let elements):
            length(elements.count, [(0xdc, 2), (0xdd, 4)], short: (0x90, 16))
            for element in elements { write(element) }
        case .object(let members):
            length(members.count, [(0xde, 2), (0xdf, 4)], short: (0x80, 16))
            for member in members {
                if let integer = Int64(member.name), Bool.random(using: &generator) {
                    write(integer)
                } else {
                    write(member.name)
                }
                write(member.value)
            }
        }
    }

    private mutating func write(_ text: String) {
        length(text.utf8.count, [(0xd9, 1), (0xda, 2), (0xdb, 4)], short: (0xa0, 32))
        bytes += text.utf8
    }

    private mutating func write(_ integer: Int64) {
        if (-32...127).contains(integer), Bool.random(using: &generator) {
            bytes.append(UInt8(truncatingIfNeeded: integer))
            return
        }
        let pattern = UInt64(bitPattern: integer)
        var forms: [(UInt8, Int)] = [(0xd3, 8)]
        if Int32(exactly: integer) != nil { forms.append((0xd2, 4)) }
        if Int16(exactly: integer) != nil { forms.append((0xd1, 2)) }
        if Int8(exactly: integer) != nil { forms.append((0xd0, 1)) }
        if UInt64(exactly: integer) != nil { forms.append((0xcf, 8)) }
        if UInt32(exactly: integer) != nil { forms.append((0xce, 4)) }
        if UInt16(exactly: integer) != nil { forms.append((0xcd, 2)) }
        if UInt8(exactly: integer) != nil { forms.append((0xcc, 1)) }
        let (code, size) = forms.randomElement(using: &generator) ?? (0xd3, 8)
        format(code, pattern, size)
    }

    private mutating func length(
        _ count: Int, _ forms: [(UInt8, Int)], short: (code: UInt8, bound: Int) = (0, 0)
    ) {
        if count < short.bound, Bool.random(using: &generator) {
            bytes.append(short.code | UInt8(count))
            return
        }
        let room = forms.filter { count < 1 << ($0.1 * 8) }
        let (code, size) = room.randomElement(using: &generator) ?? forms[forms.count - 1]
        format(code, UInt64(count), size)
    }

    private mutating func format(_ code: UInt8, _ value: UInt64, _ count: Int) {
        bytes.append(code)
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8)))
        }
    }
}
