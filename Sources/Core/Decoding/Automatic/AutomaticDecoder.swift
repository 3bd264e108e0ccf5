/// Reads messages of which nothing is configured: by the profile that fits, else by what the
/// payload looks like.
package struct AutomaticDecoder: Sendable {
    package let profiles: [DeviceProfile]
    private var sparkplug = SparkplugState()
    /// When an edge node was last asked for its births; of this process alone.
    private var asked: [SparkplugNode: Timestamp] = [:]
    private var rebirth: SparkplugCommand?
    /// A node is asked so seldom.
    private static let patience: Microseconds = 10_000_000
    private static let mostAsked = 1_024
    /// Whether there is something new for `encode` since this was last set to false.
    var hasChanged = false

    package init(profiles: [DeviceProfile] = []) { self.profiles = profiles }

    /// - Parameter now: to which relative times refer.
    /// - Throws: `Undecodable`, saying why nothing can be read.
    package mutating func decode(
        topic: [UInt8], payload: Span<UInt8>, now: Timestamp?
    ) throws(Undecodable) -> Decoded {
        do {
            return try read(topic: topic, payload: payload, now: now).bounded
        } catch {
            throw Undecodable(Decoded.short(error.description))
        }
    }

    private mutating func read(
        topic: [UInt8], payload: Span<UInt8>, now: Timestamp?
    ) throws(Undecodable) -> Decoded {
        guard let name = String(validating: topic, as: UTF8.self) else {
            throw Undecodable("the topic is not UTF-8")
        }
        if SparkplugTopic(topic.span) != nil {
            hasChanged = true
            let outcome = try sparkplug.decode(topic: topic.span, payload: payload)
            if let node = outcome.rebirthRequest, let now { ask(node, at: now) }
            return outcome.decoded
        }
        let content = Content(payload)
        let depth = topic.count { $0 == UInt8(ascii: "/") } + 1
        for profile in profiles {
            for rule in profile.rules {
                let fitting = rule.topics.lazy.compactMap { pattern in
                    pattern.fits(depth: depth)
                        ? pattern.match(topic.span).map { (pattern, $0) } : nil
                }
                guard let (pattern, captures) = fitting.first else { continue }
                let message = Message(topic: name, captures: captures, content: content, now: now)
                if let decoded = try message.decoded(by: rule, at: pattern) { return decoded }
            }
        }
        let message = Message(topic: name, captures: [], content: content, now: now)
        return try message.read(by: nil).withReason
    }

    private mutating func ask(_ node: SparkplugNode, at now: Timestamp) {
        if let last = asked[node], (0..<Self.patience).contains(now - last) { return }
        if asked.count >= Self.mostAsked { asked.removeAll() }
        asked[node] = now
        rebirth = .rebirth(of: node, at: now)
    }

    /// What is to be published since the last call: a request for births that are missing.
    mutating func takeRebirth() -> SparkplugCommand? {
        defer { rebirth = nil }
        return rebirth
    }

    /// What the messages so far say of those to come.
    func encode(into writer: inout ByteWriter) { sparkplug.encode(into: &writer) }

    mutating func restore(from reader: inout ByteReader) throws(FormatError) {
        sparkplug = try SparkplugState(from: &reader)
    }
}
