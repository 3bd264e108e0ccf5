/// Reads payloads of one format.
package struct PayloadReader: Sendable {
    /// A value that was found, by the field's place in the configuration.
    package struct Value: Hashable, Sendable {
        package let field: Int
        package let number: Number
    }

    /// Why nothing can be read.
    package struct Undecodable: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Apart from the format, so that no payload of an enumeration is copied for a message.
    private let isNumber: Bool
    private let fields: [JSONPath]
    private let timePath: JSONPath?
    private let timeFormat: TimestampFormat?
    private let scanner: JSONScanner
    private var findings: [JSONScanner.Finding] = []

    package init(_ format: PayloadFormat) {
        switch format {
        case .number:
            isNumber = true
            (fields, timePath, timeFormat) = ([], nil, nil)
        case .json(let fields, let time):
            isNumber = false
            (self.fields, timePath, timeFormat) = (fields, time?.path, time?.format)
        }
        scanner = JSONScanner(paths: fields + (timePath.map { [$0] } ?? []))
    }

    /// - Parameter values: written anew; never empty after a success. A field that is
    ///   absent or null is left out as long as another one is there.
    /// - Returns: the time in the payload, where the format has one.
    package mutating func read(
        _ payload: Span<UInt8>, into values: inout [Value]
    ) throws(Undecodable) -> Timestamp? {
        values.removeAll(keepingCapacity: true)
        if isNumber {
            guard let number = Self.number(in: payload, 0..<payload.count) else {
                throw Undecodable(description: "not a number")
            }
            values.append(Value(field: 0, number: number))
            return nil
        }
        do {
            try scanner.scan(payload, into: &findings)
        } catch {
            throw Undecodable(description: error.description)
        }
        let timeFormat = timeFormat
        let fieldCount = timeFormat == nil ? findings.count : findings.count - 1
        for field in 0..<fieldCount {
            let finding = findings[field]
            switch finding.kind {
            case .missing, .null: break
            case .truth: values.append(Value(field: field, number: Number(1)))
            case .falsehood: values.append(Value(field: field, number: .zero))
            case .number, .string:
                guard let number = Self.number(in: payload, finding.range) else {
                    throw undecodable(field, "is not a number")
                }
                values.append(Value(field: field, number: number))
            case .other: throw undecodable(field, "is an object or an array")
            }
        }
        if values.isEmpty { throw noValue() }
        guard let timeFormat else { return nil }
        let finding = findings[fieldCount]
        guard finding.kind == .number || finding.kind == .string else { throw noTime() }
        guard let time = timeFormat.parse(payload, finding.range) else {
            throw notTime(timeFormat)
        }
        return time
    }

    @inline(never)
    private func undecodable(_ field: Int, _ fault: String) -> Undecodable {
        Undecodable(description: "the value at \(fields[field].text) \(fault)")
    }

    @inline(never)
    private func noValue() -> Undecodable {
        let wanted = fields.map(\.text).joined(separator: ", ")
        return Undecodable(description: "no value at \(wanted)")
    }

    @inline(never)
    private func noTime() -> Undecodable {
        Undecodable(description: "no time at \(timePath?.text ?? "")")
    }

    @inline(never)
    private func notTime(_ format: TimestampFormat) -> Undecodable {
        Undecodable(
            description: "the time at \(timePath?.text ?? "") is not \(format.rawValue)")
    }

    /// Spaces and line ends around a number are no fault.
    private static func number(in payload: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, payload[start] <= 0x20 { start += 1 }
        while end > start, payload[end - 1] <= 0x20 { end -= 1 }
        return Number(parsing: payload, start..<end)
    }
}
