/// Decodes the messages of Sparkplug B edge nodes and devices, of which each is read with
/// what those before it said (Eclipse Sparkplug 3.0.0).
package struct SparkplugState: Hashable, Sendable {
    let limits: SparkplugLimits
    var sessions: [SparkplugNode: SparkplugSession] = [:]
    /// Derived: of all sessions.
    var metricCount = 0
    /// Derived: of all sessions.
    var deviceCount = 0

    package init(limits: SparkplugLimits = SparkplugLimits()) { self.limits = limits }

    /// - Throws: for another topic than Sparkplug's, and for a payload that is none. Nothing
    ///   has changed then.
    package mutating func decode(
        topic: Span<UInt8>, payload: Span<UInt8>
    ) throws(Undecodable) -> SparkplugOutcome {
        guard let topic = SparkplugTopic(topic) else {
            throw Undecodable("not Sparkplug: expected a topic such as spBv1.0/group/NDATA/node")
        }
        guard case .message(let kind, let node, let device) = topic else {
            return SparkplugOutcome()
        }
        for name in [node.group, node.name, device ?? ""] where !isShort(name) {
            throw Undecodable("a name in the topic of more than \(limits.nameLength) bytes")
        }
        if kind == .nodeCommand || kind == .deviceCommand { return SparkplugOutcome() }
        var message = SparkplugMessage(
            node: node, device: device, payload: try SparkplugPayload(payload), limits: limits)
        switch kind {
        case .nodeBirth: nodeBirth(&message)
        case .nodeDeath: nodeDeath(&message)
        case .deviceBirth: deviceBirth(&message)
        case .deviceDeath: deviceDeath(&message)
        default: data(&message)
        }
        message.outcome.close()
        return message.outcome
    }

    func isShort(_ name: String) -> Bool { name.utf8.count <= limits.nameLength }

    mutating func put(_ session: SparkplugSession, of node: SparkplugNode) {
        metricCount += session.metricCount
        deviceCount += session.devices.count
        sessions[node] = session
    }

    /// Takes out the session of an edge node with all that is counted of it.
    mutating func take(_ node: SparkplugNode) -> SparkplugSession? {
        guard let session = sessions.removeValue(forKey: node) else { return nil }
        metricCount -= session.metricCount
        deviceCount -= session.devices.count
        return session
    }
}
