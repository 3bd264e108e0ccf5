/// Makes readings of a document whose shape nobody has described: each number, each boolean, each
/// text that is a number with a unit, under the path of keys that leads to it.
struct Flattener {
    /// Readings of one message beyond this many are not taken.
    static let maximumReadings = 10_000

    let rule: ProfileRule?
    /// What the topic says of a payload that is but a value.
    let topic: String
    var found = Decoded()
    private var isFull = false

    init(rule: ProfileRule?, topic: String) {
        self.rule = rule
        self.topic = topic
    }

    mutating func take(_ document: Document, time: Timestamp?) {
        walk(document, at: "", time: time, siblings: [])
    }

    /// - Parameter path: that of the value; empty for the message itself.
    mutating func walk(
        _ document: Document, at path: String, time: Timestamp?, siblings: [Document.Member]
    ) {
        guard !isSkipped(path) else { return }
        switch document {
        case .number(let number): add(path, .number(number), nil, time, siblings)
        case .flag(let flag): add(path, .flag(flag), nil, time, siblings)
        case .text(let text):
            if let state = rule?.state(text, of: path) {
                add(path, .number(Number(state)), nil, time, siblings)
            } else if let measured = MeasuredText(text) {
                guard measured.unit != nil || !Self.isIdentifier(path) else { return }
                add(path, .number(measured.number), measured.unit, time, siblings)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                walk(element, at: "\(path)[\(index)]", time: time, siblings: siblings)
            }
        case .object(let members): walk(members, at: path, time: time)
        case .noNumber(let text):
            found.problems.append("\(path.isEmpty ? "the value" : path): \(text) is no number")
        case .null, .bytes: return
        }
    }

    private mutating func walk(_ members: [Document.Member], at path: String, time: Timestamp?) {
        let clock = Self.clock(of: members)
        let time = clock?.time ?? time
        if let pair = pair(in: members, isElement: path.hasSuffix("]")) {
            takePair(pair, of: members, time: time)
            return
        }
        let isEnvelope = clock != nil && members.contains { $0.name == "values" }
        let twice = Self.namesThatComeTwice(in: members)
        for name in twice {
            found.problems.append(
                "\(path.joined(name)): comes twice; which one counts nobody knows")
        }
        for member in members where member.name != clock?.name && !twice.contains(member.name) {
            let isInside = isEnvelope && member.name == "values"
            walk(
                member.value, at: isInside ? path : path.joined(member.name), time: time,
                siblings: members)
        }
    }

    mutating func add(
        _ metric: String, _ value: DecodedReading.Value, _ unit: String?, _ time: Timestamp?,
        _ siblings: [Document.Member]
    ) {
        guard found.readings.count < Self.maximumReadings else {
            if !isFull { found.problems.append("more than \(Self.maximumReadings) readings") }
            isFull = true
            return
        }
        let name = metric.isEmpty ? "value" : metric
        var reading = DecodedReading(name, value, unit: unit, time: time)
        if reading.unit == nil, case .number(let number) = value {
            reading.unit =
                rule?.unit(of: name) ?? Self.unit(of: name, among: siblings)
                ?? DeviceUnits.guess(name == "value" ? topic : name, number.double)
        }
        found.readings.append(reading)
    }

    private func isSkipped(_ path: String) -> Bool {
        rule?.skip.contains { $0.matches(path) } ?? false
    }
}

extension String {
    /// The path of a member.
    func joined(_ name: String) -> String { isEmpty ? name : self + "." + name }
}
