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
    /// Paths of members whose names have dots, and those of them that are other members' paths.
    private var dotted: Set<String> = []
    private var shared: Set<String> = []

    init(rule: ProfileRule?, topic: String) {
        self.rule = rule
        self.topic = topic
    }

    mutating func take(_ document: Document, time: Timestamp?) {
        root = document
        var place = Place(path: "", time: time)
        // Of values that have no names the topic says what they are.
        if rule == nil, document.elements.allSatisfy({ $0.members.isEmpty }),
            !document.elements.isEmpty
        {
            place.path = topic
        }
        walk(document, at: place)
        guard !shared.isEmpty else { return }
        found.readings.removeAll { shared.contains($0.metric) }
        for path in shared.sorted() { noteTwice(path) }
    }

    mutating func walk(_ document: Document, at place: Place, isElement: Bool = false) {
        guard !isSkipped(place.path) else { return }
        switch document {
        case .number(let number): add(.number(number), place)
        case .flag(let flag): add(.flag(flag), place)
        case .text(let text): take(text, at: place)
        case .array(let elements): walk(elements, at: place)
        case .object(let members): walk(members, at: place, isElement: isElement)
        case .noNumber(let text):
            note("\(place.path.isEmpty ? "the value" : place.path): \(text) is no number")
        case .null: hasNull = true
        case .bytes: return
        }
    }

    private mutating func walk(_ elements: [Document], at place: Place) {
        // Elements with times of their own are series, not one each; so are those of things of
        // their own, wherever in the list they stand.
        let isSeries =
            !elements.isEmpty && elements.allSatisfy { Self.clock(of: $0.members) != nil }
        let isPlaced = !isSeries && !ElementIdentity.tellApart(elements)
        for (index, element) in elements.enumerated() {
            walk(element, at: isPlaced ? place.element(index) : place, isElement: true)
        }
    }

    private mutating func walk(
        _ members: [Document.Member], at outer: Place, isElement: Bool
    ) {
        let clock = Self.clock(of: members)
        var place = outer
        place.time = clock?.time ?? outer.time ?? Self.headTime(of: members)
        let twice = Self.namesThatComeTwice(in: members)
        for name in twice.sorted() { noteTwice(place.path.joined(name)) }
        let pair = pair(in: members, isElement: isElement, isMessage: place.path.isEmpty)
        if let pair, !twice.contains(pair.name), !twice.contains(pair.value) {
            let single = members.filter { !twice.contains($0.name) }
            takePair(pair, of: single, at: place, isElement: isElement)
            return
        }
        if isElement, let failure = failure(in: members) {
            note(failure)
            return
        }
        var told = twice
        if isElement {
            let identity = ElementIdentity(of: members, isElement: true)
            place.add(identity.labels)
            told.formUnion(identity.names)
        }
        let isEnvelope = clock != nil && members.contains { $0.name == "values" }
        let units = StatedUnits(of: members)
        if members.contains(where: { !$0.value.members.isEmpty }) {
            dotted.formUnion(
                members.lazy.map(\.name).filter { $0.contains(".") }.map(place.path.joined))
        }
        let quality = Self.sureQuality(of: members)
        for member in members
        where !told.contains(member.name) && !RecognisedTime.isTime(member)
            && !(quality != nil && Self.isQuality(member))
        {
            let known = found.readings.count
            defer {
                if let quality, StatedUnits.valued.contains(member.name.lowercased()) {
                    worsen(from: known, by: quality)
                }
            }
            if isEnvelope, member.name == "values" {
                walk(member.value, at: place)
            } else {
                walk(member.value, at: place.member(member.name, unit: units.unit(of: member)))
            }
        }
    }

    mutating func worsen(from known: Int, by quality: Quality) {
        for index in known..<found.readings.count {
            found.readings[index].quality.worsen(quality)
        }
    }

    /// - Parameter isUnitOwn: whether the unit stands in the value itself.
    mutating func add(
        _ value: DecodedReading.Value, _ place: Place, isUnitOwn: Bool = false
    ) {
        guard found.readings.count < Self.maximumReadings else {
            if !isFull { note("more than \(Self.maximumReadings) readings") }
            isFull = true
            return
        }
        let name = place.path.isEmpty ? "value" : place.path
        if !place.hasDots, dotted.contains(name) { shared.insert(name) }
        var reading = DecodedReading(name, value, time: place.time, labels: place.labels)
        if isUnitOwn || place.unit?.isEmpty == true {
            reading.unit = place.unit.flatMap { $0.isEmpty ? nil : $0 }
        } else if case .number(let number) = value {
            reading.unit = unit(of: name, number.double, stated: place.unit)
        }
        reading.isCounter = rule?.isCounter(name) ?? false
        found.readings.append(reading)
    }

    /// A payload that is but a value is what its topic says.
    private func unit(of metric: String, _ value: Double, stated: String?) -> String? {
        let said = rule?.unitMembers.first { $0.pattern.matches(metric) }
            .flatMap { root[$0.unit]?.text }.map { DeviceUnits.words[$0.lowercased()] ?? $0 }
        let name = metric == "value" ? topic : metric
        return said ?? rule?.unit(of: name) ?? stated ?? DeviceUnits.guess(name, value)
    }

    /// The first of them tell enough.
    mutating func note(_ problem: String) {
        if found.problems.count < Self.maximumProblems { found.problems.append(problem) }
    }

    private mutating func noteTwice(_ path: String) {
        note("\(path): comes twice; which one counts nobody knows")
    }

    private func isSkipped(_ path: String) -> Bool {
        rule?.skip.contains { $0.matches(path) } ?? false
    }
}
