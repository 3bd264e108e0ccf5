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

    private let format: PayloadFormat
    private let scanner: JSONScanner
    private var findings: [JSONScanner.Finding] = []

    package init(_ format: PayloadFormat) {
        self.format = format
        switch format {
        case .number: scanner = JSONScanner(paths: [])
        case .json(let fields, let time):
            scanner = JSONScanner(paths: fields + (time.map { [$0.path] } ?? []))
        }
    }

    /// - Parameter values: written anew; never empty after a success. A field that is
    ///   absent or null is left out as long as another one is there.
    /// - Returns: the time in the payload, where the format has one.
    package mutating func read(
        _ payload: Span<UInt8>, into values: inout [Value]
    ) throws(Undecodable) -> Timestamp? {
        values.removeAll(keepingCapacity: true)
        switch format {
        case .number:
            guard let number = Self.number(in: payload, 0..<payload.count) else {
                throw Undecodable(description: "not a number")
            }
            values.append(Value(field: 0, number: number))
            return nil
        case .json(let fields, let time):
            do {
                try scanner.scan(payload, into: &findings)
            } catch {
                throw Undecodable(description: error.description)
            }
            for (index, path) in fields.enumerated() {
                if let number = try value(findings[index], at: path, in: payload) {
                    values.append(Value(field: index, number: number))
                }
            }
            guard !values.isEmpty else {
                let wanted = fields.map(\.text).joined(separator: ", ")
                throw Undecodable(description: "no value at \(wanted)")
            }
            return try time.map { (time) throws(Undecodable) in
                try self.time(findings[fields.count], time, in: payload)
            }
        }
    }

    private func value(
        _ finding: JSONScanner.Finding, at path: JSONPath, in payload: Span<UInt8>
    ) throws(Undecodable) -> Number? {
        switch finding.kind {
        case .missing, .null: return nil
        case .truth: return Number(1)
        case .falsehood: return Number(0)
        case .number, .string:
            if let number = Self.number(in: payload, finding.range) { return number }
            throw Undecodable(description: "the value at \(path.text) is not a number")
        case .other:
            throw Undecodable(description: "the value at \(path.text) is an object or an array")
        }
    }

    private func time(
        _ finding: JSONScanner.Finding, _ time: PayloadFormat.TimePath, in payload: Span<UInt8>
    ) throws(Undecodable) -> Timestamp {
        guard finding.kind == .number || finding.kind == .string else {
            throw Undecodable(description: "no time at \(time.path.text)")
        }
        guard let parsed = time.format.parse(payload.extracting(finding.range)) else {
            throw Undecodable(
                description: "the time at \(time.path.text) is not \(time.format.rawValue)")
        }
        return parsed
    }

    /// Spaces and line ends around a number are no fault.
    private static func number(in payload: Span<UInt8>, _ range: Range<Int>) -> Number? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, payload[start] <= 0x20 { start += 1 }
        while end > start, payload[end - 1] <= 0x20 { end -= 1 }
        return Number(parsing: payload.extracting(start..<end))
    }
}
