/// What a host application asks of an edge node (Eclipse Sparkplug 3.0.0, section 6.4.23).
package struct SparkplugCommand: Hashable, Sendable {
    package let topic: String
    package let payload: [UInt8]

    /// To send its births again, its devices' included.
    package static func rebirth(of node: SparkplugNode, at time: Timestamp) -> SparkplugCommand {
        let milliseconds = UInt64(max(0, time.microseconds / 1_000))
        var metric = ByteWriter()
        metric.varint(1 << 3 | 2)
        metric.text("Node Control/Rebirth")
        metric.varint(3 << 3)
        metric.varint(milliseconds)
        metric.varint(4 << 3)
        metric.varint(UInt64(SparkplugDataType.boolean.rawValue))
        metric.varint(14 << 3)
        metric.varint(1)
        var payload = ByteWriter()
        payload.varint(1 << 3)
        payload.varint(milliseconds)
        payload.varint(2 << 3 | 2)
        payload.block(metric.bytes)
        let kind = SparkplugTopic.Kind.nodeCommand.rawValue
        return SparkplugCommand(
            topic: "\(SparkplugTopic.namespace)/\(node.group)/\(kind)/\(node.name)",
            payload: payload.bytes)
    }
}
