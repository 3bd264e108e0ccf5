/// A payload as it stands (Eclipse Sparkplug 3.0.0, section 6.4.5).
struct SparkplugPayload: Hashable, Sendable {
    /// What Eclipse Tahu puts in place of a payload that it compresses; the standard has none.
    private static let compressed = "SPBV1.0_COMPRESSED"
    /// More in a message are refused.
    static let maximumMetrics = Document.maximumValues

    /// Milliseconds since 1970.
    var timestamp: UInt64?
    var metrics: [SparkplugMetric] = []
    var sequenceNumber: UInt64?
    private var uuid = ""
    private var hasBody = false

    var isCompressed: Bool { hasBody && uuid == Self.compressed }

    init(_ payload: Span<UInt8>) throws(Undecodable) {
        var reader = ProtobufReader(payload)
        while let field = try reader.field() {
            switch field.number {
            case 1: timestamp = try reader.unsigned(field)
            case 2:
                guard metrics.count < Self.maximumMetrics else {
                    throw reader.expected(
                        "at most \(Self.maximumMetrics) metrics", at: field.offset)
                }
                metrics.append(try SparkplugMetric(&reader, field))
            case 3: sequenceNumber = try reader.unsigned(field)
            case 4: uuid = try reader.textIfValid(field) ?? ""
            case 5:
                _ = try reader.range(field)
                hasBody = true
            default: try reader.skip(field)
            }
        }
    }

    /// The number that a death has in common with the birth of its session (section 6.4.25).
    var birthDeathNumber: UInt64? {
        for metric in metrics where metric.name == SparkplugBirth.birthDeathNumber {
            switch metric.value {
            case .int(let value): return UInt64(value)
            case .long(let value): return value
            default: continue
            }
        }
        return nil
    }
}
