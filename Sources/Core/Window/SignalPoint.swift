/// A reading as a point of a signal in time.
struct SignalPoint: Hashable, Sendable {
    var time: Timestamp
    var value: Double
    var quality: Quality.Level

    func encode(into writer: inout ByteWriter) {
        writer.time(time)
        writer.double(value)
        writer.byte(quality.rawValue)
    }

    init(time: Timestamp, value: Double, quality: Quality.Level) {
        self.time = time
        self.value = value
        self.quality = quality
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        time = try reader.time()
        value = try reader.double()
        guard value.magnitude <= 10 * Number.largest,
            let level = Quality.Level(rawValue: try reader.byte())
        else { throw .malformed("a point of \(value)") }
        quality = level
    }
}
