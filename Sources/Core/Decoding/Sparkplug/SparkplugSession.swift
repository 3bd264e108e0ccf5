/// An edge node between a birth and a death (Eclipse Sparkplug 3.0.0, chapter 5).
struct SparkplugSession: Hashable, Sendable {
    /// Not so while all that is known are births of its devices.
    var isBorn = false
    /// Of the next message, the devices' included.
    var nextSequenceNumber: UInt8?
    var birthDeathNumber: UInt64?
    var birth = SparkplugBirth()
    var devices: [String: SparkplugBirth] = [:]
    /// Whether a device was not kept.
    var isPartial = false

    var metricCount: Int {
        devices.values.reduce(birth.metrics.count) { $0 + $1.metrics.count }
    }

    /// A gap is complained of once: it goes on from the number in hand.
    ///
    /// - Returns: what is wrong with it.
    mutating func take(_ sequenceNumber: UInt64?) -> String? {
        guard let sequenceNumber else { return nil }
        let expected = nextSequenceNumber
        guard let number = UInt8(exactly: sequenceNumber) else {
            nextSequenceNumber = nil
            return "sequence number \(sequenceNumber): expected 0 to 255"
        }
        nextSequenceNumber = number &+ 1
        guard let expected, expected != number else { return nil }
        return "sequence gap: expected \(expected), got \(number)"
    }

    /// Whether the death is one that this birth came after: the will of a connection that the
    /// broker gave up late (section 6.4.25). A number that is newer than the birth's is a
    /// client's mistake, and the death believed: the other error would go unnoticed.
    func isOlder(_ death: UInt64?) -> Bool {
        guard let death, let birthDeathNumber else { return false }
        guard let death = UInt8(exactly: death), let birth = UInt8(exactly: birthDeathNumber)
        else { return death < birthDeathNumber }
        return (1..<128).contains(birth &- death)
    }
}
