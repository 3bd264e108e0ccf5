/// Reads messages of which nothing is configured: by the profile that fits, else by what the
/// payload looks like.
package struct AutomaticDecoder: Sendable {
    package var profiles: [DeviceProfile]

    package init(profiles: [DeviceProfile] = []) { self.profiles = profiles }

    /// - Parameter now: to which relative times refer.
    /// - Throws: `Undecodable`, saying why nothing can be read.
    package mutating func decode(
        topic: [UInt8], payload: Span<UInt8>, now: Timestamp?
    ) throws(Undecodable) -> Decoded {
        guard let name = String(validating: topic, as: UTF8.self) else {
            throw Undecodable("the topic is not UTF-8")
        }
        let content = Content(payload)
        for profile in profiles {
            for rule in profile.rules {
                guard let pattern = rule.topics.lazy.compactMap({ $0.match(topic.span) }).first,
                    rule.keys.allSatisfy({ content.document?[$0] != nil })
                else { continue }
                let message = Message(topic: name, captures: pattern, content: content, now: now)
                var decoded = try message.read(by: rule)
                for index in decoded.readings.indices {
                    decoded.readings[index].labels = pattern + decoded.readings[index].labels
                }
                return decoded
            }
        }
        return try Message(topic: name, captures: [], content: content, now: now).read(by: nil)
    }
}
