/// What a metric's value is (Eclipse Sparkplug 3.0.0, section 6.4.16).
enum SparkplugDataType: UInt8, CaseIterable, Sendable {
    case int8 = 1
    case int16, int32, int64, uint8, uint16, uint32, uint64, float, double, boolean, string
    case dateTime, text, uuid, dataset, bytes, file, template, propertySet, propertySetList
    case int8Array, int16Array, int32Array, int64Array
    case uint8Array, uint16Array, uint32Array, uint64Array
    case floatArray, doubleArray, booleanArray, stringArray, dateTimeArray

    /// Of an integer.
    var bits: Int {
        switch self {
        case .int8, .uint8: 8
        case .int16, .uint16: 16
        case .int32, .uint32: 32
        default: 64
        }
    }
}
