/// Makes readings of a document whose shape nobody has described: each number, each boolean, each
/// text that is a number with a unit, under the path of keys that leads to it.
struct Flattener {
    /// Readings of one message beyond this many are not taken.
    static let maximumReadings = 10_000
    static let maximumProblems = 32

    let rule: ProfileRule?
    /// What the topic says of a payload that is but a value.
    let topic: String
    private var root = Document.null
    var found = Decoded()
    /// Whether something says that it has no value.
    private(set) var hasNull = false
    private var isFull = false

    init(rule: ProfileRule?, topic: String) {
        self.rule = rule
        self.topic = topic
    }

    mutating func take(_ document: Document, time: Timestamp?) {
        root = document
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
                add(path, .number(Number(state)), "", time, siblings)
            } else if let measured = MeasuredText(text) {
                guard measured.unit != nil || !Self.isIdentifier(path) else { return }
                add(path, .number(measured.number), measured.unit, time, siblings)
            }
        case .array(let elements):
            // Elements with times of their own are one series, not one each.
            let isSeries =
                !elements.isEmpty
                && elements.allSatisfy { Self.clock(of: $0.members) != nil }
            for (index, element) in elements.enumerated() {
                if isSeries {
                    walk(element.members, at: path, time: time, isElement: true)
                } else {
                    walk(element, at: "\(path)[\(index)]", time: time, siblings: siblings)
                }
            }
        case .object(let members):
            walk(members, at: path, time: time, isElement: path.hasSuffix("]"))
        case .noNumber(let text):
            note("\(path.isEmpty ? "the value" : path): \(text) is no number")
        case .null: hasNull = true
        case .bytes: return
        }
    }

    private mutating func walk(
        _ members: [Document.Member], at path: String, time: Timestamp?, isElement: Bool
    ) {
        let clock = Self.clock(of: members)
        let time = clock?.time ?? time
        if let pair = pair(in: members, isElement: isElement) {
            takePair(pair, of: members, time: time)
            return
        }
        if isElement, let failure = failure(in: members) {
            note(failure)
            return
        }
        let isEnvelope = clock != nil && members.contains { $0.name == "values" }
        let twice = Self.namesThatComeTwice(in: members)
        for name in twice.sorted() {
            note("\(path.joined(name)): comes twice; which one counts nobody knows")
        }
        for member in members where member.name != clock?.name && !twice.contains(member.name) {
            let isInside = isEnvelope && member.name == "values"
            walk(
                member.value, at: isInside ? path : path.joined(member.name), time: time,
                siblings: members)
        }
    }

    /// - Parameter unit: `nil` for one that is still to be found; empty for none.
    mutating func add(
        _ metric: String, _ value: DecodedReading.Value, _ unit: String?, _ time: Timestamp?,
        _ siblings: [Document.Member]
    ) {
        guard found.readings.count < Self.maximumReadings else {
            if !isFull { note("more than \(Self.maximumReadings) readings") }
            isFull = true
            return
        }
        let name = metric.isEmpty ? "value" : metric
        var reading = DecodedReading(name, value, time: time)
        if let unit {
            reading.unit = unit.isEmpty ? nil : unit
        } else if case .number(let number) = value {
            reading.unit = self.unit(of: name, number.double, siblings)
        }
        reading.isCounter = rule?.isCounter(name) ?? false
        found.readings.append(reading)
    }

    /// A payload that is but a value is what its topic says.
    private func unit(of metric: String, _ value: Double, _ siblings: [Document.Member]) -> String?
    {
        let said = rule?.unitMembers.first { $0.pattern.matches(metric) }
            .flatMap { root[$0.unit]?.text }.map { DeviceUnits.words[$0.lowercased()] ?? $0 }
        let name = metric == "value" ? topic : metric
        return said ?? rule?.unit(of: name) ?? Self.unit(of: metric, among: siblings)
            ?? DeviceUnits.guess(name, value)
    }

    /// The first of them tell enough.
    mutating func note(_ problem: String) {
        if found.problems.count < Self.maximumProblems { found.problems.append(problem) }
    }

    private func isSkipped(_ path: String) -> Bool {
        rule?.skip.contains { $0.matches(path) } ?? false
    }
}

extension String {
    /// The path of a member.
    func joined(_ name: String) -> String { isEmpty ? name : self + "." + name }
}
