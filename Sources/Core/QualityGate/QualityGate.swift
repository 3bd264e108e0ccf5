/// Judges the readings of one series by their values and by those before. 64 bytes.
///
/// It makes a quality worse, never better than what the device has said. Readings that are bad
/// already tell nothing about those that follow.
package struct QualityGate: Hashable, Sendable {
    struct Point: Hashable, Sendable {
        var time = Timestamp.epoch
        var value = 0.0
    }

    /// So many older readings in a row are a clock that was set back.
    static let olderLimit: UInt8 = 8

    /// When the latest reading came.
    var lastArrival = Timestamp.epoch
    /// The latest reading that was no jump.
    var reference = Point()
    /// The latest reading after a jump, while `jumps` of them have been counted.
    var suspect = Point()
    /// The first of the readings that are the same.
    var run = Point()
    var jumps: UInt8 = 0
    /// Readings in a row that were older than the latest.
    var older: UInt8 = 0
    /// Whether `reference` and `run` are of readings.
    var hasReference = false
    /// Whether the series has been silent for too long, and that has been said.
    package internal(set) var isStale = false

    package init() {}

    private init(lastArrival: Timestamp) { self.lastArrival = lastArrival }

    /// - Parameters:
    ///   - reading: calibrated. One that is not later than those before is judged by its range
    ///     alone, and changes nothing, unless many come in a row.
    ///   - arrival: when it came.
    /// - Returns: the reading, with its quality worsened by what speaks against it.
    package mutating func judge(
        _ reading: Reading, arrival: Timestamp, rules: QualityRules
    ) -> Reading {
        lastArrival = arrival
        isStale = false
        var judged = reading
        let point = Point(time: reading.time, value: reading.number.double)
        if let range = rules.range, !range.contains(point.value) {
            judged.quality.worsen(Quality(.bad, .outOfRange))
        } else if let expected = rules.expected, !expected.contains(point.value) {
            judged.quality.worsen(Quality(.uncertain, .outOfRange))
        }
        guard judged.quality.level < .bad, isNew(point) else { return judged }
        if isStuck(point, rules.stuck) { judged.quality.worsen(Quality(.uncertain, .stuck)) }
        if isJump(point, rules.jump) { judged.quality.worsen(Quality(.uncertain, .jump)) }
        hasReference = true
        return judged
    }

    /// Whether a reading tells how the series goes on.
    private mutating func isNew(_ point: Point) -> Bool {
        let latest = jumps > 0 ? suspect.time : reference.time
        if !hasReference || point.time > latest {
            older = 0
            return true
        }
        // How fast something changed within one moment nobody knows.
        guard point.time < latest else { return false }
        older += 1
        guard older >= Self.olderLimit else { return false }
        self = QualityGate(lastArrival: lastArrival)
        return true
    }

    private mutating func isStuck(_ point: Point, _ rule: QualityRules.Stuck?) -> Bool {
        guard hasReference, let rule,
            (point.value - run.value).magnitude <= rule.tolerance
        else {
            run = point
            return false
        }
        return point.time - run.time >= rule.after
    }

    private mutating func isJump(_ point: Point, _ rule: QualityRules.Jump?) -> Bool {
        guard hasReference, let rule, isFast(from: reference, to: point, rule.rate) else {
            settle(at: point)
            return false
        }
        let agrees = jumps > 0 && !isFast(from: suspect, to: point, rule.rate)
        jumps = agrees ? min(jumps, .max - 1) + 1 : 1
        suspect = point
        if jumps >= rule.settle { settle(at: point) }
        return true
    }

    private mutating func settle(at point: Point) {
        reference = point
        suspect = Point()
        jumps = 0
    }

    private func isFast(from: Point, to: Point, _ rate: Double) -> Bool {
        let seconds = Double(to.time - from.time) / 1_000_000
        return (to.value - from.value).magnitude > rate * seconds
    }
}
