internal import Core

/// Levels, then reasons.
enum QualityColumns {
    static func encode(_ qualities: [Quality], into writer: inout ByteWriter) {
        IntegerColumn.encode(qualities.lazy.map { Int64($0.level.rawValue) }, into: &writer)
        IntegerColumn.encode(qualities.lazy.map { Int64($0.reasons.rawValue) }, into: &writer)
    }

    static func decode(
        _ rows: Int, from reader: inout ByteReader
    ) throws(FormatError) -> [Quality] {
        let levels = try IntegerColumn.decode(rows, as: UInt8.self, "quality level", from: &reader)
        let reasons = try IntegerColumn.decode(
            rows, as: UInt16.self, "set of reasons", from: &reader)
        var qualities: [Quality] = []
        qualities.reserveCapacity(rows)
        for row in 0..<rows {
            guard let level = Quality.Level(rawValue: levels[row]) else {
                throw .malformed("a quality level of \(levels[row])")
            }
            qualities.append(Quality(level, .init(rawValue: reasons[row])))
        }
        return qualities
    }
}
