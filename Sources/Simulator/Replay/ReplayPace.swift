/// When a row is due: as far after the first as its time says, `speed` times faster, pauses
/// cut to a longest one. Time that runs backwards in the file takes none.
package struct ReplayPace: Hashable, Sendable {
    private let speed: Double
    /// Of the file's time, milliseconds.
    private let longestGap: Int64?
    private var last: Int64?
    /// Of the file's time, milliseconds, without what was cut.
    private var elapsed: Int64 = 0

    package init(speed: Double, longestGap: Int64?) {
        self.speed = speed
        self.longestGap = longestGap
    }

    /// Seconds from the start of the replay until the row of this time is due.
    package mutating func due(_ time: Int64) -> Double {
        let gap = max(0, time - (last ?? time))
        elapsed += min(gap, longestGap ?? gap)
        last = time
        return Double(elapsed) / 1_000 / speed
    }
}
