/// What an object says of the thing that its values are of: the labels of their series. Without
/// them the values of different things would be one series.
struct ElementIdentity: Hashable {
    private(set) var labels: [Series.Label] = []
    /// The members that are labels, and so no readings.
    private(set) var names: Set<String> = []

    /// - Parameters:
    ///   - pair: of an object that names a value; its name is no label.
    ///   - isElement: of a list, where `id` and `type` tell the elements apart; elsewhere an `id`
    ///     may be the message's.
    init(of members: [Document.Member], pair: ProfileRule.Pair? = nil, isElement: Bool) {
        let others = members.filter { $0.name != pair?.name && $0.name != pair?.value }
        let hasReadings = pair != nil || others.contains(where: Self.isReading)
        for member in others {
            let isSure = Self.sure.contains(Self.bare(member.name))
            guard isSure, hasReadings || member.value.text != nil else { continue }
            take(member)
        }
        if isElement {
            let isNamed = pair != nil || !labels.isEmpty
            for member in others where Self.bare(member.name) == "id" {
                // Beside a name, a number or a UUID is more likely that of the one message.
                let isOwn = member.value.text.map { !Self.isUUID($0) } ?? false
                if isNamed ? isOwn : hasReadings || member.value.text != nil { take(member) }
            }
            if labels.isEmpty, pair == nil {
                for member in others
                where ["uuid", "type", "kind"].contains(Self.bare(member.name))
                    && member.value.text != nil
                { take(member) }
            }
        }
        if isElement || pair != nil { takeTags(others) }
        labels.sort { $0.name < $1.name }
    }

    /// Whether each element of a list has its own, so that its place in the list means nothing.
    static func tellApart(_ elements: [Document]) -> Bool {
        var seen: Set<ElementIdentity> = []
        return !elements.isEmpty
            && elements.allSatisfy { element in
                let identity = ElementIdentity(of: element.members, isElement: true)
                return !identity.labels.isEmpty && seen.insert(identity).inserted
            }
    }

    /// Whether a member says which thing it is about, as far as its name and its kind tell.
    static func isIdentity(_ member: Document.Member) -> Bool {
        let name = bare(member.name)
        guard sure.contains(name) || name == "id" else { return false }
        return member.value.text != nil || numbered.contains(name) && isOrdinal(member.value)
    }

    static func isSure(_ name: String) -> Bool { sure.contains(bare(name)) }

    private mutating func take(_ member: Document.Member) {
        let value: String
        switch member.value {
        case .text(let text):
            // Coordinates move, and each place would be a series.
            guard Self.bare(member.name) != "location" || text.contains(where: \.isLetter) else {
                return
            }
            value = text
        case .number(let number):
            guard Self.numbered.contains(Self.bare(member.name)), Self.isOrdinal(member.value)
            else {
                return
            }
            value = number.description
        default: return
        }
        guard !value.isEmpty, value.utf8.count <= Self.longest, labels.count < Place.mostLabels,
            names.insert(member.name).inserted
        else { return }
        labels.append(Series.Label(name: member.name, value: value))
    }

    /// As InfluxDB and Telegraf have them: `"tags": {"host": "a"}`.
    private mutating func takeTags(_ members: [Document.Member]) {
        guard let tags = members.first(where: { $0.name.lowercased() == "tags" }) else { return }
        let texts = tags.value.members.compactMap { tag in tag.value.text.map { (tag.name, $0) } }
        // Else they are an input's values.
        guard !texts.isEmpty, texts.count == tags.value.members.count,
            texts.contains(where: { MeasuredText($0.1) == nil })
        else { return }
        names.insert(tags.name)
        for (name, text) in texts.prefix(Place.mostLabels)
        where !text.isEmpty && text.utf8.count <= Self.longest {
            if !labels.contains(where: { $0.name == name }) {
                labels.append(Series.Label(name: name, value: text))
            }
        }
    }

    private static func isReading(_ member: Document.Member) -> Bool {
        guard !isIdentity(member), !RecognisedTime.isTime(member) else { return false }
        switch member.value {
        case .number, .flag, .array, .object: return true
        case .text(let text): return MeasuredText(text) != nil
        default: return false
        }
    }

    private static func isOrdinal(_ document: Document) -> Bool {
        guard case .decimal(let mantissa, 0) = document.number else { return false }
        return mantissa >= 0
    }

    /// RFC 9562, section 4.
    private static func isUUID(_ text: String) -> Bool {
        text.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
            && text.allSatisfy { $0 == "-" || $0.isHexDigit }
    }

    /// `device_id`, `deviceId` and `Device-ID` alike.
    private static func bare(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    }

    private static let longest = 256
    private static let sure: Set<String> = [
        "name", "label", "displayname", "device", "deviceid", "devicename", "deviceeui", "deveui",
        "sensor", "sensorid", "sensorname", "node", "nodeid", "nodename", "mac", "macaddress",
        "addr", "address", "serial", "serialnumber", "sn", "imei", "channel", "ch", "channelid",
        "port", "slave", "slaveid", "unitid", "host", "hostname", "station", "stationid",
        "machine", "machineid", "asset", "assetid", "equipment", "meter", "meterid", "tag",
        "tagid", "tagname", "point", "phase", "zone", "room", "location", "circuit",
        "datasetwriterid", "datasetwritername", "instance", "index", "component", "interface",
        "group", "site", "register", "slot", "applicationuri", "endpointurl", "parameter",
        "measurement", "metric", "variable", "signal", "quantity", "resourcename", "n",
    ]
    /// Which of them may be numbers that are no readings.
    private static let numbered: Set<String> = [
        "id", "device", "deviceid", "sensor", "sensorid", "node", "nodeid", "addr", "address",
        "channel", "ch", "channelid", "port", "slave", "slaveid", "unitid", "stationid",
        "machineid", "assetid", "meterid", "tagid", "zone", "room", "circuit", "datasetwriterid",
        "instance", "index", "register", "slot",
    ]
}
