/// What the members of an object say of each other's units: `unit` beside the one value,
/// `temperature_unit` beside `temperature`.
struct StatedUnits {
    /// By the names in lower case.
    private var named: [String: String] = [:]
    private var lone: String?
    private var hasValue = false
    private var valueCount = 0

    init(of members: [Document.Member]) {
        for member in members {
            guard let text = member.value.text, !text.isEmpty, text.utf8.count <= 32 else {
                continue
            }
            let name = member.name.lowercased()
            let unit = DeviceUnits.words[text.lowercased()] ?? text
            if name.contains("unit") { named[name] = named[name] ?? unit }
            if Self.lone.contains(name) { lone = lone ?? unit }
        }
        guard lone != nil else { return }
        hasValue = members.contains { Self.valued.contains($0.name.lowercased()) }
        valueCount = members.count(where: Self.isValue)
    }

    func unit(of member: Document.Member) -> String? {
        if !named.isEmpty {
            let key = member.name.lowercased()
            let own = ["\(key)_unit", "\(key)unit", "\(key)_units"].lazy.compactMap { named[$0] }
            if let unit = own.first { return unit }
        }
        guard let lone else { return nil }
        let isTheOne = hasValue ? Self.valued.contains(member.name.lowercased()) : valueCount <= 1
        return isTheOne ? lone : nil
    }

    /// Names of members that hold a value.
    static let valued = ["value", "val", "v", "reading"]
    static let lone: Set<String> = ["unit", "units", "u", "uom"]

    /// Not the time, the quality or the number of a device: they have no unit.
    private static func isValue(_ member: Document.Member) -> Bool {
        guard !RecognisedTime.isTime(member), !ElementIdentity.isIdentity(member),
            !Flattener.isQuality(member)
        else { return false }
        switch member.value {
        case .number: return true
        case .text(let text): return MeasuredText(text) != nil
        case .array(let elements): return elements.first?.number != nil
        default: return false
        }
    }
}
