/// A window of one series, as far as it is known.
package struct WindowRecord: Hashable, Sendable {
    package var series: SeriesID
    package var start: Timestamp
    package var end: Timestamp
    package var layout: WindowLayout
    /// Of records of one series, layout and start the one with the highest counts; those that
    /// are amendments are added to it.
    package var revision: UInt32
    package var flags: Flags
    /// The worst of its readings, and the reasons of all.
    package var quality: Quality
    /// One for each of the layout's aggregates, in order; `nil` where there is none, such as
    /// the mean of nothing.
    package var values: [Number?]

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Closed before its time, since its stream's configuration changed.
        package static let partial = Flags(rawValue: 1)
        /// Of readings that came too late for a revision, and of nothing else.
        package static let amendment = Flags(rawValue: 4)
        /// The window is still open; more revisions follow.
        package static let early = Flags(rawValue: 8)
    }

    package init(
        series: SeriesID, start: Timestamp, end: Timestamp, layout: WindowLayout,
        revision: UInt32 = 0, flags: Flags = [], quality: Quality = .good, values: [Number?]
    ) {
        self.series = series
        self.start = start
        self.end = end
        self.layout = layout
        self.revision = revision
        self.flags = flags
        self.quality = quality
        self.values = values
    }

    package subscript(aggregate: Aggregate) -> Number? {
        layout.aggregates.firstIndex(of: aggregate).flatMap { values[$0] }
    }
}
