/// Lines of comma-separated values (RFC 4180), read by a layout.
package struct CSVLine: Sendable {
    private let layout: CSVLayout

    package init(_ layout: CSVLayout) { self.layout = layout }

    package func decode(_ payload: Span<UInt8>) throws(Undecodable) -> Decoded {
        var outcome = LineOutcome()
        var rows = CSVRecordReader(
            payload, delimiter: layout.delimiter, comment: Array(layout.comment.utf8))
        let shape = try shape(&rows)
        while true {
            do {
                guard try rows.next() else { break }
                outcome.add(try readings(rows.fields, shape, line: rows.line, &outcome))
            } catch {
                outcome.problem("line \(rows.line): \(error)")
            }
        }
        return try outcome.finish(orElse: "no line of values")
    }

    /// Where the columns are in this message.
    private struct Shape {
        var places: [Int]
        /// How many fields each line has; without a header at least as many as are read.
        var fields: ClosedRange<Int>
    }

    private func shape(_ rows: inout CSVRecordReader) throws(Undecodable) -> Shape {
        switch layout.header {
        case .none:
            let places = layout.places(in: []).places
            return Shape(places: places, fields: (places.max() ?? 0) + 1...Int.max)
        case .names(let names):
            return Shape(places: layout.places(in: names).places, fields: names.count...names.count)
        case .firstLine:
            do {
                guard try rows.next() else { throw Undecodable("there is none") }
            } catch {
                throw Undecodable("header: \(error)")
            }
            let (places, missing) = layout.places(in: rows.fields)
            if let missing { throw Undecodable("the header has no column '\(missing)'") }
            return Shape(places: places, fields: rows.fields.count...rows.fields.count)
        }
    }

    /// What a line says; a column whose value is wrong costs only itself.
    private func readings(
        _ fields: [String], _ shape: Shape, line: Int, _ outcome: inout LineOutcome
    ) throws(Undecodable) -> [DecodedReading] {
        guard shape.fields.contains(fields.count) else {
            let wanted =
                shape.fields.upperBound == .max
                ? "at least \(shape.fields.lowerBound)" : "\(shape.fields.lowerBound)"
            throw Undecodable("expected \(wanted) columns, not \(fields.count)")
        }
        var readings: [DecodedReading] = []
        var time: Timestamp?
        var labels: [Series.Label] = []
        for (column, place) in zip(layout.columns, shape.places) {
            guard place < fields.count else {
                throw Undecodable("expected a column '\(column.name)'")
            }
            let text = trimmed(fields[place])
            do {
                switch column.role {
                case .label: labels.append(try column.label(text))
                case .time(let format): time = try column.time(text, format)
                case .metric, .flag, .state:
                    if let reading = try column.reading(text) { readings.append(reading) }
                }
            } catch {
                guard column.isValue else { throw error }
                outcome.problem("line \(line): \(error)")
            }
        }
        for index in readings.indices {
            readings[index].time = time
            readings[index].labels = labels
        }
        return readings
    }

    /// Spaces beside a delimiter belong to a field (RFC 4180, section 2.4), but to no value.
    private func trimmed(_ field: String) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let rest = Substring(field).utf8.drop(while: isBlank)
        guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(Substring(rest[...last]))
    }
}
