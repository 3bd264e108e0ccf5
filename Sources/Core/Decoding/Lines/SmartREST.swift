/// Cumulocity's SmartREST 2.0 over MQTT, after "MQTT static templates", "Measurement
/// templates (2xx)", in its documentation: a row of comma-separated values each, of which the
/// first is the template's number.
package enum SmartREST {
    package static func decode(_ payload: Span<UInt8>) throws(Undecodable) -> Decoded {
        var outcome = LineOutcome()
        var rows = CSVRecordReader(payload)
        while true {
            do {
                guard try rows.next() else { break }
                outcome.add([try reading(rows.fields)])
            } catch {
                outcome.problem("line \(rows.line): \(error)")
            }
        }
        return try outcome.finish(orElse: "no row of SmartREST")
    }

    private static func reading(_ fields: [String]) throws(Undecodable) -> DecodedReading {
        switch fields.first {
        case "200":
            guard fields.count >= 4, !fields[1].isEmpty, !fields[2].isEmpty else {
                throw Undecodable("expected 200,fragment,series,value[,unit][,time]")
            }
            let unit = fields.count > 4 && !fields[4].isEmpty ? fields[4] : nil
            return try reading(
                "\(fields[1]).\(fields[2])", fields[3], unit: unit, time: fields.dropFirst(5))
        case "211":
            return try reading(
                "c8y_TemperatureMeasurement.T", fields.dropFirst().first, unit: "C",
                time: fields.dropFirst(2))
        case "212":
            return try reading(
                "c8y_Battery.level", fields.dropFirst().first, unit: "%",
                time: fields.dropFirst(2))
        default:
            let name = (fields.first ?? "").prefix(20)
            throw Undecodable("'\(name)' is none of the templates 200, 211 and 212")
        }
    }

    private static func reading(
        _ metric: String, _ value: String?, unit: String?, time: ArraySlice<String>
    ) throws(Undecodable) -> DecodedReading {
        guard metric.utf8.count <= LineOutcome.maximumName, (unit ?? "").utf8.count <= 64 else {
            throw Undecodable("a name or unit is too long")
        }
        guard let value, let number = Number(parsing: Array(value.utf8).span) else {
            throw Undecodable("the value of '\(metric)' is no number")
        }
        guard time.count <= 1 else { throw Undecodable("expected nothing after the time") }
        var moment: Timestamp?
        if let text = time.first, !text.isEmpty {
            moment = RFC3339.parse(Array(text.utf8).span)
            guard moment != nil else { throw Undecodable("the time is not of RFC 3339") }
        }
        return DecodedReading(metric, .number(number), unit: unit, time: moment)
    }
}
