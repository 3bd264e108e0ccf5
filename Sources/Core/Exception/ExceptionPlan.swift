/// Which readings of a raw stream are worth a sample, so that what is left out can be drawn
/// again to within `deviation`.
package struct ExceptionPlan: Hashable, Sendable {
    package enum Method: String, CaseIterable, Hashable, Sendable {
        /// A sample where a reading is more than `deviation` from the last one (OPC UA Part 4,
        /// 7.22.2, "DataChangeFilter"). Drawn again as steps: each sample holds until the next.
        case deadband
        /// E. H. Bristol, "Swinging door trending: adaptive trend recording?" (ISA, 1990).
        /// Drawn again as straight lines from sample to sample.
        case swingingDoor = "swinging_door"
    }

    package let method: Method
    /// In the unit of the values; 0 leaves out only what adds nothing.
    package let deviation: Number
    /// The first reading that is so much later than the last sample is one itself.
    package let maximumInterval: Microseconds
    /// A pause of more than this ends what was being drawn: the reading before it becomes a
    /// sample, and the one after it.
    package let silence: Microseconds

    package init(
        _ method: Method, deviation: Number, maximumInterval: Microseconds, silence: Microseconds
    ) throws(Malformed) {
        guard (0...Number.largest).contains(deviation.double) else { throw .deviation }
        guard maximumInterval > 0 else { throw .span("max_interval") }
        guard silence > 0 else { throw .span("silence") }
        self.method = method
        self.deviation = deviation
        self.maximumInterval = maximumInterval
        self.silence = silence
    }

    /// OPC UA's PercentDeadband (Part 8, 7.2): so many hundredths of the range from `low` to
    /// `high`, which is the series' EURange.
    package static func deviation(
        percent: Number, low: Number, high: Number
    ) throws(Malformed) -> Number {
        guard (0...100).contains(percent.double) else { throw .percent }
        guard low.double < high.double else { throw .range }
        return (high - low) * percent * .decimal(mantissa: 1, scale: 2)
    }
}
