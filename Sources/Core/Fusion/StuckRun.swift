/// For how long an input has said the same, and how far the others moved meanwhile.
struct StuckRun: Hashable, Sendable {
    private(set) var value = 0.0
    /// Readings after the first.
    private(set) var repeats: UInt32 = 0
    private var lowest = 0.0
    private var highest = 0.0
    private var isBegun = false

    /// How far apart the others' means were.
    var movement: Double { highest - lowest }

    mutating func add(_ reading: Double, others: Double) {
        if isBegun, reading == value {
            repeats = min(repeats + 1, .max / 2)
            lowest = min(lowest, others)
            highest = max(highest, others)
        } else {
            isBegun = true
            value = reading
            repeats = 0
            (lowest, highest) = (others, others)
        }
    }
}

extension StuckRun {
    func encode(into writer: inout ByteWriter) {
        writer.byte(isBegun ? 1 : 0)
        guard isBegun else { return }
        writer.double(value)
        writer.varint(UInt64(repeats))
        writer.double(lowest)
        writer.double(highest)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        guard try reader.flag() else { return }
        isBegun = true
        value = try reader.level()
        let count = try reader.varint()
        guard count <= UInt32.max / 2 else { throw .malformed("\(count) readings alike") }
        repeats = UInt32(count)
        lowest = try reader.level()
        highest = try reader.level()
    }
}
