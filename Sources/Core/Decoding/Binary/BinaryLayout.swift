/// Values at fixed places of a payload of a fixed layout.
package struct BinaryLayout: Hashable, Sendable {
    static let maximumFields = 1_024
    static let maximumOffset = 65_535

    package let fields: [BinaryField]
    package let form: BinaryForm

    /// - Throws: `Malformed`, where a field cannot be what is meant.
    package init(_ fields: [BinaryField], in form: BinaryForm = .raw) throws(Malformed) {
        guard (1...Self.maximumFields).contains(fields.count) else {
            throw Malformed("expected 1 to \(Self.maximumFields) fields")
        }
        var names: Set<String> = []
        for field in fields {
            guard (1...LineOutcome.maximumName).contains(field.name.utf8.count) else {
                throw Malformed("a field's name has 1 to \(LineOutcome.maximumName) bytes")
            }
            guard names.insert(field.name).inserted else {
                throw Malformed("the field '\(field.name)' is there twice")
            }
            guard (0...Self.maximumOffset).contains(field.offset) else {
                throw Malformed("'\(field.name)': an offset is 0 to \(Self.maximumOffset)")
            }
            switch field.type {
            case .byteBit(let bit), .wordBit(let bit):
                guard (0..<field.type.size * 8).contains(bit) else {
                    throw Malformed("'\(field.name)': there is no bit \(bit)")
                }
            default: break
            }
        }
        self.fields = fields
        self.form = form
    }

    /// - Throws: also where the payload ends before a field does: then it is another message
    ///   than the layout is for, and what is there means nothing.
    package func decode(_ payload: Span<UInt8>) throws(Undecodable) -> Decoded {
        guard let copy = try form.bytes(of: payload) else { return try read(payload) }
        return try read(copy.span)
    }

    private func read(_ bytes: Span<UInt8>) throws(Undecodable) -> Decoded {
        var decoded = Decoded()
        for field in fields {
            guard field.offset + field.type.size <= bytes.count else {
                throw Undecodable(
                    "'\(field.name)' is \(field.type.size) bytes at offset \(field.offset), and "
                        + "the payload has \(bytes.count)")
            }
            if let value = field.value(in: bytes) {
                decoded.readings.append(DecodedReading(field.name, value, unit: field.unit))
            } else {
                decoded.problems.append("'\(field.name)' at offset \(field.offset) is no number")
            }
        }
        guard !decoded.readings.isEmpty else {
            throw Undecodable(decoded.problems.joined(separator: "; "))
        }
        return decoded
    }

    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = description }
    }
}
