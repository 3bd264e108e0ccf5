internal import Glibc

/// Two sensors of one quantity: one that is right in the long run and slow, one that is quick
/// and drifts. A low pass of the first and a high pass of the second, which add up to one
/// (Higgins 1975, "A comparison of complementary and Kalman filtering").
struct ComplementaryFilter: Hashable, Sendable {
    private(set) var value: Double?
    private var quick: Double?
    private var time = Timestamp.epoch

    /// - Parameters:
    ///   - slow: `nil` where it is missing: the value then goes where the quick one goes.
    ///   - quick: `nil` where it is missing: the value then follows the slow one.
    /// - Returns: the value, and the slow one's part of it; `nil` before the slow one came.
    mutating func step(
        slow: Double?, quick: Double?, at time: Timestamp, timeConstant: Microseconds
    ) -> (value: Double, slowPart: Double)? {
        let passed = max(0, time - self.time)
        self.time = max(self.time, time)
        let change = quick.flatMap { now in self.quick.map { now - $0 } } ?? 0
        self.quick = quick
        guard let before = value else {
            value = slow
            return slow.map { ($0, 1) }
        }
        let part = slow == nil ? 0 : 1 - exp(-Double(passed) / Double(timeConstant))
        let moved = before + change
        var next = moved + part * ((slow ?? moved) - moved)
        if next.magnitude > Number.largest { next = slow ?? quick ?? before }
        value = next
        return (next, part)
    }
}

extension ComplementaryFilter {
    func encode(into writer: inout ByteWriter) {
        writer.time(time)
        for value in [value, quick] {
            writer.byte(value == nil ? 0 : 1)
            if let value { writer.double(value) }
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        time = try reader.time()
        if try reader.flag() { value = try reader.level() }
        if try reader.flag() { quick = try reader.level() }
    }
}
