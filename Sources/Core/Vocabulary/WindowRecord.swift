/// A closed window of one series.
package struct WindowRecord: Hashable, Sendable {
    package var series: SeriesID
    package var start: Timestamp
    package var layout: WindowLayout
    package var flags: Flags
    /// One for each of the layout's aggregates, in order.
    package var values: [Number]

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Closed before its time, since its stream's configuration changed.
        package static let partial = Flags(rawValue: 1)
        /// Holds a reading whose own time lay too far in the future and was replaced by
        /// its arrival time.
        package static let timeSubstituted = Flags(rawValue: 2)
    }

    package init(
        series: SeriesID, start: Timestamp, layout: WindowLayout, flags: Flags, values: [Number]
    ) {
        self.series = series
        self.start = start
        self.layout = layout
        self.flags = flags
        self.values = values
    }

    package subscript(aggregate: Aggregate) -> Number? {
        layout.aggregates.firstIndex(of: aggregate).map { values[$0] }
    }
}
