/// Topics of a recording that no stream has a pattern for: the gateway would not have
/// subscribed to them.
package struct UnmatchedTopics: Hashable, Sendable {
    package struct Topic: Hashable, Sendable {
        package let name: String
        package var messages: Int
    }

    /// Beyond this many, only their messages are counted.
    static let maximum = 1_000
    package private(set) var messages = 0
    /// In order of appearance.
    package private(set) var topics: [Topic] = []
    private var places: [[UInt8]: Int] = [:]

    mutating func count(_ topic: [UInt8]) {
        messages += 1
        if let place = places[topic] {
            topics[place].messages += 1
        } else if topics.count < Self.maximum {
            places[topic] = topics.count
            topics.append(Topic(name: String(decoding: topic, as: UTF8.self), messages: 1))
        }
    }
}
