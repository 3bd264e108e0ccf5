/// Reads payloads of one format.
package struct PayloadReader: Sendable {
    /// A value that was found, by the field's place in the configuration.
    package struct Value: Hashable, Sendable {
        package let field: Int
        package let number: Number
    }

    /// Apart from the format, so that no payload of an enumeration is copied for a message.
    private let isNumber: Bool
    private let notation: PayloadFormat.Notation?
    private let fields: [JSONPath]
    private let timePath: JSONPath?
    private let timeFormat: TimestampFormat?
    private let scanner: JSONScanner
    private var findings: [JSONScanner.Finding] = []

    package init(_ format: PayloadFormat) {
        switch format {
        case .number, .recognised, .log:
            (isNumber, notation) = (true, nil)
            (fields, timePath, timeFormat) = ([], nil, nil)
        case .json(let fields, let time):
            (isNumber, notation) = (false, nil)
            (self.fields, timePath, timeFormat) = (fields, time?.path, time?.format)
        case .document(let notation, let fields, let time):
            (isNumber, self.notation) = (false, notation)
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
                throw Undecodable("not a number")
            }
            values.append(Value(field: 0, number: number))
            return nil
        }
        if let notation { return try read(notation.document(payload), into: &values) }
        do {
            try scanner.scan(payload, into: &findings)
        } catch {
            throw Undecodable(error.description)
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
                guard
                    let number = Self.number(in: payload, finding.range)
                        ?? (finding.kind == .string ? measured(payload, finding) : nil)
                else { throw undecodable(field, "is not a number") }
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

    /// Of a document, by the same paths.
    @inline(never)
    private func read(
        _ document: Document, into values: inout [Value]
    ) throws(Undecodable) -> Timestamp? {
        for (field, path) in fields.enumerated() {
            switch document[path] {
            case nil, .null: break
            case .flag(let flag): values.append(Value(field: field, number: Number(flag ? 1 : 0)))
            case .number(let number): values.append(Value(field: field, number: number))
            case .text(let text):
                guard let measured = MeasuredText(text) else {
                    throw undecodable(field, "is not a number")
                }
                values.append(Value(field: field, number: measured.number))
            default: throw undecodable(field, "is not a number")
            }
        }
        if values.isEmpty { throw noValue() }
        guard let timePath, let timeFormat else { return nil }
        let text = document[timePath].flatMap { $0.text ?? $0.number?.description }
        guard let text else { throw noTime() }
        let bytes = Array(text.utf8)
        guard let time = timeFormat.parse(bytes.span) else { throw notTime(timeFormat) }
        return time
    }

    /// A number with its unit, such as `30.11 °C`.
    @inline(never)
    private func measured(_ payload: Span<UInt8>, _ finding: JSONScanner.Finding) -> Number? {
        let text = JSONScanner.text(of: finding, in: payload)
        return MeasuredText(String(decoding: text, as: UTF8.self))?.number
    }

    @inline(never)
    private func undecodable(_ field: Int, _ fault: String) -> Undecodable {
        Undecodable("the value at \(fields[field].text) \(fault)")
    }

    @inline(never)
    private func noValue() -> Undecodable {
        let wanted = fields.map(\.text).joined(separator: ", ")
        return Undecodable("no value at \(wanted)")
    }

    @inline(never)
    private func noTime() -> Undecodable {
        Undecodable("no time at \(timePath?.text ?? "")")
    }

    @inline(never)
    private func notTime(_ format: TimestampFormat) -> Undecodable {
        Undecodable(
            "the time at \(timePath?.text ?? "") is not \(format.rawValue)")
    }

    /// Spaces and line ends around a number are no fault.
    private static func number(in payload: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, payload[start] <= 0x20 { start += 1 }
        while end > start, payload[end - 1] <= 0x20 { end -= 1 }
        return Number(parsing: payload, start..<end)
    }
}
