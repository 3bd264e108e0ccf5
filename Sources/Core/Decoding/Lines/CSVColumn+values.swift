extension CSVColumn {
    var isValue: Bool {
        switch role {
        case .metric, .flag, .state: true
        case .time, .label: false
        }
    }

    /// `nil` for an empty field.
    func reading(_ text: String) throws(Undecodable) -> DecodedReading? {
        guard !text.isEmpty else { return nil }
        switch role {
        case .metric(let unit):
            guard let number = Number(parsing: Array(text.utf8).span) else {
                throw Undecodable("'\(name)': expected a number")
            }
            return DecodedReading(name, .number(number), unit: unit)
        case .flag:
            switch text.lowercased() {
            case "true", "1": return DecodedReading(name, .flag(true))
            case "false", "0": return DecodedReading(name, .flag(false))
            default: throw Undecodable("'\(name)': expected true or false")
            }
        case .state: return DecodedReading(name, .text(text))
        case .time, .label: return nil
        }
    }

    func time(_ text: String, _ format: TimestampFormat) throws(Undecodable) -> Timestamp {
        guard let time = format.parse(Array(text.utf8).span) else {
            throw Undecodable("'\(name)': expected a time in \(format.rawValue)")
        }
        return time
    }

    func label(_ text: String) throws(Undecodable) -> Series.Label {
        guard text.utf8.count <= LineOutcome.maximumName else {
            throw Undecodable("'\(name)': expected \(LineOutcome.maximumName) bytes")
        }
        return Series.Label(name: name, value: text)
    }
}
