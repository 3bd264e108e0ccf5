/// What the topics of Eclipse Sparkplug 3.0.0, chapter 4, say.
package enum SparkplugTopic: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case nodeBirth = "NBIRTH"
        case nodeDeath = "NDEATH"
        case deviceBirth = "DBIRTH"
        case deviceDeath = "DDEATH"
        case nodeData = "NDATA"
        case deviceData = "DDATA"
        case nodeCommand = "NCMD"
        case deviceCommand = "DCMD"

        var isOfDevice: Bool { rawValue.hasPrefix("D") }
    }

    /// Of a host application, `STATE/{host}` of 2.2 included.
    case state(host: String)
    /// - Parameter device: `nil` where the edge node speaks of itself.
    case message(Kind, SparkplugNode, device: String?)

    static let namespace = "spBv1.0"

    /// `nil` for any other topic.
    package init?(_ topic: Span<UInt8>) {
        let text = topic.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
        guard let text else { return nil }
        let levels = text.utf8.split(
            separator: UInt8(ascii: "/"), maxSplits: 5, omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        guard !levels.contains("") else { return nil }
        switch (levels.first, levels.count) {
        case ("STATE", 2): self = .state(host: levels[1])
        case (Self.namespace, 3) where levels[1] == "STATE": self = .state(host: levels[2])
        case (Self.namespace, 4), (Self.namespace, 5):
            guard let kind = Kind(rawValue: levels[2]), kind.isOfDevice == (levels.count == 5)
            else { return nil }
            let node = SparkplugNode(group: levels[1], name: levels[3])
            self = .message(kind, node, device: levels.count == 5 ? levels[4] : nil)
        default: return nil
        }
    }
}
