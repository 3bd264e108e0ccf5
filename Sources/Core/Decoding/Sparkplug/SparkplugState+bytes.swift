extension SparkplugState {
    /// In an order of their own, so that equal states have equal bytes.
    package func encode(into writer: inout ByteWriter) {
        writer.count(sessions.count)
        for (node, session) in sessions.sorted(by: { isBefore($0.key, $1.key) }) {
            writer.text(node.group)
            writer.text(node.name)
            session.encode(into: &writer)
        }
    }

    private func isBefore(_ left: SparkplugNode, _ right: SparkplugNode) -> Bool {
        left.group == right.group ? left.name < right.name : left.group < right.group
    }

    package init(
        from reader: inout ByteReader, limits: SparkplugLimits = SparkplugLimits()
    ) throws(FormatError) {
        self.init(limits: limits)
        for _ in 0..<(try reader.count(ofAtLeast: 9)) {
            let node = SparkplugNode(group: try reader.text(), name: try reader.text())
            guard sessions[node] == nil, isShort(node.group), isShort(node.name) else {
                throw .malformed("an edge node twice, or with too long a name")
            }
            put(try SparkplugSession(from: &reader, limits), of: node)
            guard sessions.count <= limits.nodes, deviceCount <= limits.devices,
                metricCount <= limits.metrics
            else { throw .malformed("more of Sparkplug than is ever kept") }
        }
    }
}
