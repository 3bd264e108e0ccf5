/// The value of a field that has just been met, of the type that its schema says.
extension ProtobufReader {
    mutating func unsigned(_ field: Field) throws(Undecodable) -> UInt64 {
        try expect(.varint, field)
        return try varint()
    }

    mutating func flag(_ field: Field) throws(Undecodable) -> Bool { try unsigned(field) != 0 }

    /// Of a `uint32`; as Protocol Buffers want it, what is beyond is cut off.
    mutating func unsigned32(_ field: Field) throws(Undecodable) -> UInt32 {
        UInt32(truncatingIfNeeded: try unsigned(field))
    }

    mutating func float(_ field: Field) throws(Undecodable) -> Float {
        try expect(.fixed32, field)
        return Float(bitPattern: UInt32(truncatingIfNeeded: try fixed(4)))
    }

    mutating func double(_ field: Field) throws(Undecodable) -> Double {
        try expect(.fixed64, field)
        return Double(bitPattern: try fixed(8))
    }

    mutating func range(_ field: Field) throws(Undecodable) -> Range<Int> {
        try expect(.delimited, field)
        return try delimited()
    }

    mutating func text(_ field: Field) throws(Undecodable) -> String {
        guard let text = try textIfValid(field) else {
            throw expected("UTF-8", at: field.offset)
        }
        return text
    }

    /// `nil` where it is not UTF-8.
    mutating func textIfValid(_ field: Field) throws(Undecodable) -> String? {
        let range = try range(field)
        return bytes(range).withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
    }

    mutating func skip(_ field: Field, level: Int = 0) throws(Undecodable) {
        switch field.wire {
        case .varint: _ = try varint()
        case .fixed64: _ = try fixed(8)
        case .fixed32: _ = try fixed(4)
        case .delimited: _ = try delimited()
        case .groupEnd: throw expected("a field, not the end of a group,", at: field.offset)
        case .groupStart: try skipGroup(field, level: level)
        }
    }

    private mutating func skipGroup(_ group: Field, level: Int) throws(Undecodable) {
        guard level < Self.maximumDepth else {
            throw expected("at most \(Self.maximumDepth) levels", at: group.offset)
        }
        while let field = try field() {
            if field.wire == .groupEnd, field.number == group.number { return }
            try skip(field, level: level + 1)
        }
        throw expected("the end of group \(group.number)", at: position)
    }

    private func expect(_ wire: Wire, _ field: Field) throws(Undecodable) {
        guard field.wire == wire else {
            throw expected("field \(field.number) as \(wire), not \(field.wire),", at: field.offset)
        }
    }
}
