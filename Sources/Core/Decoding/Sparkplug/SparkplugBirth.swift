/// What the birth of an edge node or of a device says that its data leave out (Eclipse
/// Sparkplug 3.0.0, sections 6.4.6, 6.4.19 and 6.4.20).
struct SparkplugBirth: Hashable, Sendable {
    struct Metric: Hashable, Sendable {
        /// 0 where it is not said.
        var datatype: UInt8
        var unit: String?

        init(datatype: UInt8, unit: String?) {
            self.datatype = datatype
            self.unit = unit
        }

        init(_ metric: SparkplugMetric) {
            datatype = UInt8(clamping: metric.datatype)
            unit = metric.properties.unit
        }
    }

    static let birthDeathNumber = "bdSeq"

    private(set) var metrics: [String: Metric] = [:]
    /// To names among `metrics`.
    private(set) var aliases: [UInt64: String] = [:]
    /// Whether something of it was not kept, so that to ask for it again is no use.
    var isPartial = false

    /// - Returns: what is wrong with it; it is not kept then.
    mutating func add(_ metric: Metric, named name: String, alias: UInt64?) -> String? {
        if metrics[name] != nil { return "twice in a birth" }
        if let alias {
            if let other = aliases[alias] { return "its alias \(alias) is \(other)'s" }
            aliases[alias] = name
        }
        metrics[name] = metric
        return nil
    }

    /// Whether it only tells an edge node or a device what to do, or a death from another.
    static func isControl(_ name: String) -> Bool {
        name == birthDeathNumber || name.hasPrefix("Node Control/")
            || name.hasPrefix("Device Control/")
    }
}
