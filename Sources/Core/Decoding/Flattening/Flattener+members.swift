/// What the members of an object are to each other.
extension Flattener {
    /// The member that holds the time of the others.
    static func clock(of members: [Document.Member]) -> (name: String, time: Timestamp)? {
        var best: (rank: Int, name: String, time: Timestamp)?
        for member in members {
            guard let rank = RecognisedTime.names.firstIndex(of: member.name.lowercased()),
                rank < best?.rank ?? .max, let time = RecognisedTime.time(member.value)
            else { continue }
            best = (rank, member.name, time)
        }
        return best.map { ($0.name, $0.time) }
    }

    static func namesThatComeTwice(in members: [Document.Member]) -> Set<String> {
        var seen: Set<String> = []
        return Set(members.map(\.name).filter { !seen.insert($0).inserted })
    }

    /// Names of members that say what an element of a list is.
    private static let naming = [
        "tagname", "tag", "name", "metric", "sensor_id", "sensorid", "sensor", "variable", "signal",
        "parameter", "measurement", "key", "point", "channel", "field", "n", "id",
    ]
    private static let valued = ["value", "val", "v", "reading"]
    private static let qualities = ["quality", "q"]

    /// The names of the members that name a value and hold it.
    func pair(in members: [Document.Member], isElement: Bool) -> ProfileRule.Pair? {
        func first(_ names: [String], _ fits: @escaping (Document) -> Bool) -> String? {
            names.lazy.compactMap { name in
                members.first { $0.name.lowercased() == name && fits($0.value) }?.name
            }.first
        }
        if let pair = rule?.pair {
            let isThere = members.contains { $0.name == pair.name && $0.value.text != nil }
            return isThere && members.contains { $0.name == pair.value } ? pair : nil
        }
        // Elsewhere than in a list a name may be that of the device.
        let names = isElement ? Self.naming : ["tagname", "metric", "n"]
        guard let name = first(names, { $0.text?.isEmpty == false }),
            let value = first(Self.valued, { _ in true })
        else { return nil }
        return ProfileRule.Pair(name: name, value: value)
    }

    /// What is said of an element that has a name, and an error instead of a value.
    func failure(in members: [Document.Member]) -> String? {
        let error = members.first { ["error", "err"].contains($0.name.lowercased()) }
        let name = members.first { Self.naming.contains($0.name.lowercased()) }?.value.text
        guard let error, let name else { return nil }
        let code = error.value.number?.description ?? error.value.text ?? "?"
        return "\(name): error \(code), and no value"
    }

    mutating func takePair(
        _ pair: ProfileRule.Pair, of members: [Document.Member], time: Timestamp?
    ) {
        let object = Document.object(members)
        guard let name = object[pair.name]?.text, let value = object[pair.value] else { return }
        let known = found.readings.count
        // A list in a text, `[215]`, is that of its one value.
        walk(value, at: name, time: time, siblings: members)
        guard let quality = Self.quality(of: members) else { return }
        if quality.level == .bad, known == found.readings.count {
            note("\(name): its quality is bad, and there is no value")
        }
        for index in known..<found.readings.count {
            found.readings[index].quality.worsen(quality)
        }
    }

    /// OPC's: 192 and more, `true`, `Good`; nothing said is nothing known.
    private static func quality(of members: [Document.Member]) -> Quality? {
        guard let member = members.first(where: { qualities.contains($0.name.lowercased()) }) else {
            return nil
        }
        switch member.value {
        case .flag(let isGood): return isGood ? .good : Quality(.bad, .device)
        case .number(let number):
            let value = number.double
            return value >= 192 ? .good : Quality(value >= 64 ? .uncertain : .bad, .device)
        case .text(let text):
            let word = text.lowercased()
            if word.hasPrefix("good") { return .good }
            if word.hasPrefix("uncertain") { return Quality(.uncertain, .device) }
            return word.hasPrefix("bad") ? Quality(.bad, .device) : nil
        default: return nil
        }
    }

    /// As a member beside it says: `unit` where there is one value, `temperature_unit`.
    static func unit(of metric: String, among siblings: [Document.Member]) -> String? {
        let key = String(metric.split(separator: ".").last ?? "").lowercased()
        for member in siblings {
            guard let text = member.value.text, !text.isEmpty, text.utf8.count <= 32 else {
                continue
            }
            let name = member.name.lowercased()
            let isOwn = ["\(key)_unit", "\(key)unit", "\(key)_units"].contains(name)
            let isTheOne =
                ["unit", "units", "u", "uom"].contains(name)
                && siblings.count {
                    $0.value.number != nil || $0.value.text.flatMap { MeasuredText($0) } != nil
                } <= 1
            if isOwn || isTheOne { return DeviceUnits.words[text.lowercased()] ?? text }
        }
        return nil
    }

    /// Whether the digits of a text are more likely a name than a quantity.
    static func isIdentifier(_ path: String) -> Bool {
        let key = path.split(whereSeparator: { $0 == "." || $0 == "[" }).last?.lowercased() ?? ""
        return [
            "id", "eui", "mac", "addr", "version", "serial", "imei", "imsi", "phone", "code",
            "firmware", "freq", "port", "token", "key", "hex", "seq",
        ]
        .contains { key.contains($0) } || ["fw", "sw", "hw", "sn", "size"].contains(key)
    }
}
