extension CBORReader {
    /// Major type 1 (RFC 8949, section 3.1): -1 minus the argument.
    static func negative(_ argument: UInt64) -> Document {
        if let small = Int64(exactly: argument) { return Document(-1 - small) }
        let (magnitude, overflow) = argument.addingReportingOverflow(1)
        return .number(.binary(overflow ? -0x1p64 : -Double(magnitude)))
    }

    /// Major type 7 (section 3.3). A simple value that nobody has assigned is nothing to us.
    func simple(_ head: CBORHead) throws(Undecodable) -> Document {
        switch head.information {
        case 20: return .flag(false)
        case 21: return .flag(true)
        case 24:
            guard head.argument >= 32 else {
                throw cursor.malformed("a simple value of at least 32", at: head.offset)
            }
            return .null
        case 25: return Document(Double(Float16(bitPattern: UInt16(head.argument))))
        case 26: return Document(Double(Float(bitPattern: UInt32(head.argument))))
        case 27: return Document(Double(bitPattern: head.argument))
        default: return .null
        }
    }

    /// What a tag says of its content (section 3.4); no other tag changes what the content is.
    mutating func tagged(_ head: CBORHead, depth: Int) throws(Undecodable) -> Document {
        try cursor.checkDepth(depth)
        let start = cursor.offset
        let content = try value(depth: depth + 1)
        switch head.argument {
        case 2, 3:
            guard case .bytes(let magnitude) = content else {
                throw cursor.malformed("a bignum's bytes", at: start)
            }
            return Self.bignum(magnitude, isNegative: head.argument == 3)
        case 4, 5:
            guard let scaled = Self.scaled(content, by: head.argument == 4 ? 10 : 2) else {
                throw cursor.malformed("an exponent and a mantissa, whole numbers", at: start)
            }
            return scaled
        default: return content
        }
    }

    /// Section 3.4.3.
    private static func bignum(_ bytes: [UInt8], isNegative: Bool) -> Document {
        let digits = bytes.drop { $0 == 0 }
        let head = digits.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard digits.count > 8 else { return isNegative ? negative(head) : Document(head) }
        // The first 57 bits or more, and whether anything follows them, round as all of them do.
        // What a negative one has more, 1, follows them, or is carried into them.
        let rest = digits.dropFirst(8)
        let isCarried = isNegative && rest.allSatisfy { $0 == 0xff }
        let isInexact = isNegative ? !isCarried : rest.contains { $0 != 0 }
        let significand: Double =
            if isCarried {
                head == .max ? 0x1p64 : Double(head + 1)
            } else {
                Double(isInexact ? head | 1 : head)
            }
        let magnitude = Double(sign: .plus, exponent: 8 * rest.count, significand: significand)
        guard magnitude <= Number.largest else {
            return .noNumber("an integer of \(digits.count) bytes")
        }
        return .number(.binary(isNegative ? -magnitude : magnitude))
    }

    /// A decimal fraction or a bigfloat (section 3.4.4).
    private static func scaled(_ content: Document, by base: Int) -> Document? {
        guard case .array(let parts) = content, parts.count == 2,
            case .number(let exponent) = parts[0]
        else { return nil }
        if case .noNumber = parts[1] { return parts[1] }
        guard case .number(let mantissa) = parts[1] else { return nil }
        if case .decimal(_, 1...) = mantissa { return nil }
        if case .decimal(_, 1...) = exponent { return nil }
        let number: Number? =
            switch exponent {
            case .binary: nil
            case .decimal(let places, _) where base == 10: Number(mantissa, timesTenTo: places)
            case .decimal(let places, _): Number(mantissa, timesTwoTo: places)
            }
        return number.map(Document.number) ?? .noNumber("\(mantissa) * \(base)^\(exponent)")
    }
}
