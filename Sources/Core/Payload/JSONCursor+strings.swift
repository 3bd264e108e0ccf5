extension JSONCursor {
    @inline(never)
    mutating func escape() throws(JSONScanner.Malformed) {
        index += 1
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 1
        case UInt8(ascii: "u"):
            index += 1
            for _ in 0..<4 {
                guard Self.hex(peek) != nil else { throw malformed("four hexadecimal digits") }
                index += 1
            }
        default: throw malformed("an escape")
        }
    }

    /// One character beyond ASCII, as Unicode's table 3-7 allows it.
    @inline(never)
    mutating func utf8Sequence() throws(JSONScanner.Malformed) {
        let lead = text[index]
        let (length, low, high): (Int, UInt8, UInt8) =
            switch lead {
            case 0xc2...0xdf: (2, 0x80, 0xbf)
            case 0xe0: (3, 0xa0, 0xbf)
            case 0xed: (3, 0x80, 0x9f)
            case 0xe1...0xef: (3, 0x80, 0xbf)
            case 0xf0: (4, 0x90, 0xbf)
            case 0xf1...0xf3: (4, 0x80, 0xbf)
            case 0xf4: (4, 0x80, 0x8f)
            default: (0, 0, 0)
            }
        guard length > 0, index + length <= text.count, text[index + 1] >= low,
            text[index + 1] <= high
        else { throw malformed("UTF-8") }
        for offset in 2..<max(length, 2) where text[index + offset] & 0xc0 != 0x80 {
            throw malformed("UTF-8")
        }
        index += length
    }

    /// What a string says.
    func unescaped(_ string: JSONString) -> [UInt8] {
        guard !string.isEscaped else { return unescaped(string.range) }
        return text.extracting(string.range).withUnsafeBufferPointer(Array.init)
    }

    /// What the string in the range says.
    func unescaped(_ range: Range<Int>) -> [UInt8] {
        var units: [UInt16] = []
        var bytes: [UInt8] = []
        func flush() {
            bytes.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            units.removeAll()
        }
        var index = range.lowerBound
        while index < range.upperBound {
            guard text[index] == UInt8(ascii: "\\") else {
                flush()
                bytes.append(text[index])
                index += 1
                continue
            }
            let mark = text[index + 1]
            index += 2
            switch mark {
            case UInt8(ascii: "u"):
                units.append(
                    (0..<4).reduce(0) { $0 << 4 | UInt16(Self.hex(text[index + $1]) ?? 0) })
                index += 4
                continue
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0c)
            case UInt8(ascii: "n"): units.append(0x0a)
            case UInt8(ascii: "r"): units.append(0x0d)
            case UInt8(ascii: "t"): units.append(0x09)
            default: units.append(UInt16(mark))
            }
        }
        flush()
        return bytes
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
