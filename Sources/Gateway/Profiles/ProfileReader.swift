package import Core
internal import Yams

/// Reads a device profile (docs/payloads.md), gathering every mistake on the way.
package struct ProfileReader {
    private let mistakes: MistakeList

    /// - Parameter file: for errors.
    /// - Throws: `Mistakes`.
    package static func read(text: String, file: String) throws(Mistakes) -> DeviceProfile {
        let reader = ProfileReader(mistakes: MistakeList(file: file))
        let profile = reader.profile(text)
        guard reader.mistakes.list.isEmpty, let profile else {
            throw Mistakes(list: reader.mistakes.list)
        }
        return profile
    }

    private func profile(_ text: String) -> DeviceProfile? {
        guard let root = mistakes.map(yaml: text) else { return nil }
        defer { root.finish() }
        let name = root.require("profile", "the profile's name")?.text()
        let rules = root.require("rules", "a list of rules")?.items() ?? []
        return name.map { DeviceProfile(name: $0, rules: rules.compactMap(rule)) }
    }

    private func rule(_ node: ConfigurationNode) -> ProfileRule? {
        guard let map = node.map() else { return nil }
        let topics = map.require("topics", "a list of topics such as tele/{device}/SENSOR")?.items()
        return RuleReader.rule(
            map, topics: (topics ?? []).compactMap { $0.parsed(TopicPattern.init) })
    }
}
