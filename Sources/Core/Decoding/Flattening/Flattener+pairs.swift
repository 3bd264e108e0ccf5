/// Objects that name a value and hold it: `{"tagname": "T1", "value": 5, "q": true}`.
extension Flattener {
    /// Names of members that say what a value is, first those of the quantity, then those of the
    /// thing, if nothing else does.
    private static let naming = [
        "tagname", "tag", "metric", "measurement", "parameter", "quantity", "resourcename",
        "variable", "signal", "point", "field", "key", "displayname", "name", "sensor_id",
        "sensorid", "sensor", "channel", "n", "nodeid", "id",
    ]
    /// In an object that is the whole message. The others may be the device's.
    private static let namingAlone = [
        "tagname", "metric", "measurement", "parameter", "quantity", "variable", "signal", "n",
        "displayname", "name", "nodeid",
    ]
    /// What else is said of a value, and is none.
    private static let details: Set<String> = [
        "type", "datatype", "valuetype", "alias", "processing_level", "seq", "sequence", "index",
        "version", "qos", "qx", "id",
    ]
    private static let qualities = ["quality", "q", "qc"]

    static func isQuality(_ member: Document.Member) -> Bool {
        ["quality", "q", "qc", "qx", "status", "statuscode"].contains(member.name.lowercased())
    }

    /// The names of the members that name a value and hold it.
    func pair(
        in members: [Document.Member], isElement: Bool, isMessage: Bool
    ) -> ProfileRule.Pair? {
        func first(_ names: [String], _ fits: @escaping (Document) -> Bool) -> String? {
            names.lazy.compactMap { name in
                members.first { $0.name.lowercased() == name && fits($0.value) }?.name
            }.first
        }
        if let pair = rule?.pair {
            let isThere = members.contains { $0.name == pair.name && $0.value.text != nil }
            if isThere, members.contains(where: { $0.name == pair.value }) { return pair }
            guard isElement else { return nil }
        }
        // Elsewhere than in a list a name may be that of the device.
        let names =
            isElement
            ? Self.naming : isMessage ? Self.namingAlone : ["tagname", "metric", "n"]
        guard let value = first(StatedUnits.valued, { _ in true }),
            let name = first(names, { $0.text?.isEmpty == false })
        else { return nil }
        return ProfileRule.Pair(name: name, value: value)
    }

    /// What is said of an element that has a name, and an error instead of a value.
    func failure(in members: [Document.Member]) -> String? {
        let error = members.first { ["error", "err"].contains($0.name.lowercased()) }
        let name = members.first { Self.naming.contains($0.name.lowercased()) }?.value.text
        guard let error, let name else { return nil }
        return Self.failure(of: name, error.value)
    }

    static func failure(of name: String, _ error: Document) -> String {
        "\(name): error \(error.number?.description ?? error.text ?? "?"), and no value"
    }

    mutating func takePair(
        _ pair: ProfileRule.Pair, of members: [Document.Member], at outer: Place, isElement: Bool
    ) {
        let object = Document.object(members)
        guard let name = object[pair.name]?.text, var value = object[pair.value] else { return }
        let isStated = rule?.pair == pair
        let identity = ElementIdentity(of: members, pair: pair, isElement: isElement)
        let units = StatedUnits(of: members)
        var place = outer
        if !isStated { place.add(identity.labels) }
        place.path = name
        place.unit = units.unit(of: Document.Member(pair.value, value))
        place.hasDots = false
        let beside = place
        var quality = Self.quality(of: members)
        if OPCUAValue.isDataValue(value) {
            let data = OPCUAValue(value)
            value = data.value
            place.time = data.time ?? place.time
            place.unit = data.unit ?? place.unit
            quality = quality ?? .good
            quality?.worsen(data.quality)
        }
        let known = found.readings.count
        // A list in a text, `[215]`, is that of its one value.
        walk(value, at: place)
        if let quality {
            if quality.level == .bad, known == found.readings.count {
                note("\(name): its quality is bad, and there is no value")
            }
            worsen(from: known, by: quality)
        }
        // A profile that names the pair has said what of the object counts.
        guard !isStated else { return }
        let told: Set<String> = identity.names.union([pair.name, pair.value])
        // What comes with a quality is a signal's: its time is one, also where nobody set it.
        func isTime(_ member: Document.Member) -> Bool {
            quality == nil
                ? RecognisedTime.isTime(member) : RecognisedTime.rank(of: member.name) != nil
        }
        for member in members
        where !told.contains(member.name) && !isTime(member)
            && !Self.isQuality(member) && !Self.details.contains(member.name.lowercased())
        {
            walk(member.value, at: beside.member(member.name, unit: units.unit(of: member)))
        }
    }

    /// Of a value that has no name: only what is surely no quantity of its own, such as a signal's.
    static func sureQuality(of members: [Document.Member]) -> Quality? {
        guard members.contains(where: { StatedUnits.valued.contains($0.name.lowercased()) }),
            let member = members.first(where: { qualities.contains($0.name.lowercased()) })
        else { return nil }
        if let code = member.value.number?.double, member.name.lowercased() != "qc" {
            guard code == 0 || (192...255).contains(code) else { return nil }
        }
        return quality(of: members)
    }

    /// OPC's: 192 and more, `true`, `Good`; nothing said is nothing known.
    private static func quality(of members: [Document.Member]) -> Quality? {
        guard let member = members.first(where: { qualities.contains($0.name.lowercased()) }) else {
            return nil
        }
        switch member.value {
        case .flag(let isGood): return isGood ? .good : Quality(.bad, .device)
        case .number(let number):
            // Siemens' Industrial Edge writes the two highest bits alone: SIMATIC S7 Connector,
            // "Tags data". 0 is bad, 1 uncertain, 2 and 3 are good.
            let isShort = member.name.lowercased() == "qc" && number.double < 4
            let value = number.double * (isShort ? 64 : 1)
            let isGood = value >= (isShort ? 128 : 192)
            return isGood ? .good : Quality(value >= 64 ? .uncertain : .bad, .device)
        case .text(let text):
            let word = text.lowercased()
            if word.hasPrefix("good") { return .good }
            if word.hasPrefix("uncertain") { return Quality(.uncertain, .device) }
            return word.hasPrefix("bad") ? Quality(.bad, .device) : nil
        default: return nil
        }
    }
}
