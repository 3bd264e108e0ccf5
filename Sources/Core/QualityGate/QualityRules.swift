/// What readings of a series are plausible. Each rule is optional.
///
/// The tests are those of QARTOD (U.S. IOOS, "Manual for Real-Time Quality Control of In-situ
/// Temperature and Salinity Data", 2.0, 2016: test 4 gross range, 7 rate of change, 8 flat
/// line) and of WMO's guide (WMO-No. 8, volume III, chapter 1, 1.3.2.8). The levels are those
/// of NAMUR NE 107 as OPC UA maps them (OPC 30142, 6.8.1.1): a failure is bad, what is out of
/// specification uncertain.
package struct QualityRules: Hashable, Sendable {
    /// The same value for too long.
    package struct Stuck: Hashable, Sendable {
        /// For so long or longer.
        package var after: Microseconds
        /// How far values may be from the first of them and still be the same. In the unit of
        /// the values.
        package var tolerance: Double

        package init(after: Microseconds, tolerance: Double = 0) {
            self.after = after
            self.tolerance = tolerance
        }
    }

    /// A change that is too fast.
    package struct Jump: Hashable, Sendable {
        /// Faster than this is a jump. In the unit of the values, a second.
        package var rate: Double
        /// After so many readings in a row that agree among themselves, where they have jumped
        /// to is the new level.
        package var settle: UInt8

        package init(rate: Double, settle: UInt8 = 3) {
            self.rate = rate
            self.settle = settle
        }
    }

    /// What the instrument can say: outside it a reading is bad. OPC UA's InstrumentRange
    /// (Part 8, 5.3.2.2).
    package let range: ClosedRange<Double>?
    /// What the process usually does: outside it a reading is uncertain. OPC UA's EURange.
    package let expected: ClosedRange<Double>?
    package let stuck: Stuck?
    package let jump: Jump?
    /// A series is stale when for so long no reading came.
    package let stale: Microseconds?

    package init(
        range: ClosedRange<Double>? = nil, expected: ClosedRange<Double>? = nil,
        stuck: Stuck? = nil, jump: Jump? = nil, stale: Microseconds? = nil
    ) throws(Malformed) {
        // An end that 'expected' does not have is that of 'range'.
        if let range, let expected {
            let (low, high) = (expected.lowerBound, expected.upperBound)
            guard low >= range.lowerBound || low == -.infinity,
                high <= range.upperBound || high == .infinity
            else { throw .expectedBeyondRange }
        }
        if let stuck {
            guard stuck.after > 0 else { throw .span("stuck.after") }
            guard stuck.tolerance >= 0, stuck.tolerance.isFinite else { throw .tolerance }
        }
        if let jump {
            guard jump.rate > 0, jump.rate.isFinite else { throw .rate }
            guard jump.settle > 0 else { throw .settle }
        }
        if let stale, stale <= 0 { throw .span("stale") }
        self.range = range
        self.expected = expected
        self.stuck = stuck
        self.jump = jump
        self.stale = stale
    }

    /// A range with both ends, or open to one side; `nil` where neither end is given.
    ///
    /// - Parameter name: the rule's, for the error.
    package static func bounds(
        of name: String, low: Number?, high: Number?
    ) throws(Malformed) -> ClosedRange<Double>? {
        if low == nil, high == nil { return nil }
        let (lower, upper) = (low?.double ?? -.infinity, high?.double ?? .infinity)
        guard lower < upper else { throw .bounds(name) }
        return lower...upper
    }

    /// Whether there is nothing to judge by.
    package var isEmpty: Bool {
        range == nil && expected == nil && stuck == nil && jump == nil && stale == nil
    }
}
