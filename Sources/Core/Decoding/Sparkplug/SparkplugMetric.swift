/// A metric of a payload as it stands there (Eclipse Sparkplug 3.0.0, section 6.4.6).
struct SparkplugMetric: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        case none
        case int(UInt32)
        case long(UInt64)
        case float(Float)
        case double(Double)
        case flag(Bool)
        case text(String)
        /// Not UTF-8.
        case noText
        case bytes, dataset, template, other
    }

    /// Not empty.
    var name: String?
    var alias: UInt64?
    /// Milliseconds since 1970.
    var timestamp: UInt64?
    /// 0 where it is not said.
    var datatype: UInt32 = 0
    var isHistorical = false
    var isNull = false
    var properties = SparkplugProperties()
    var value = Value.none

    init(_ reader: inout ProtobufReader, _ metric: ProtobufReader.Field) throws(Undecodable) {
        let outer = try reader.enter(metric)
        while let field = try reader.field() {
            switch field.number {
            case 1:
                let text = try reader.text(field)
                name = text.isEmpty ? nil : text
            case 2: alias = try reader.unsigned(field)
            case 3: timestamp = try reader.unsigned(field)
            case 4: datatype = try reader.unsigned32(field)
            case 5: isHistorical = try reader.flag(field)
            case 7: isNull = try reader.flag(field)
            case 9: properties = try SparkplugProperties(&reader, field)
            case 10...19: value = try Self.value(&reader, field)
            default: try reader.skip(field)
            }
        }
        reader.leave(outer)
    }

    private static func value(
        _ reader: inout ProtobufReader, _ field: ProtobufReader.Field
    ) throws(Undecodable) -> Value {
        switch field.number {
        case 10: return .int(try reader.unsigned32(field))
        case 11: return .long(try reader.unsigned(field))
        case 12: return .float(try reader.float(field))
        case 13: return .double(try reader.double(field))
        case 14: return .flag(try reader.flag(field))
        case 15: return try reader.textIfValid(field).map { .text($0) } ?? .noText
        default:
            _ = try reader.range(field)
            switch field.number {
            case 16: return .bytes
            case 17: return .dataset
            case 18: return .template
            default: return .other
            }
        }
    }
}
