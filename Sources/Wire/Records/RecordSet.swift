package import Core

/// Finished records of all kinds: what a batch carries, and a block of the outbox.
package struct RecordSet: Hashable, Sendable {
    /// What the series numbers of windows and samples mean. Empty in a block of the outbox,
    /// where they are the store's own numbers.
    package var series: [Series] = []
    package var windows: [WindowRecord] = []
    package var logs: [LogRecord] = []
    package var gaps: [GapRecord] = []
    package var events: [EventRecord] = []
    package var samples: [SampleRecord] = []

    package init(
        series: [Series] = [], windows: [WindowRecord] = [], logs: [LogRecord] = [],
        gaps: [GapRecord] = [], events: [EventRecord] = [], samples: [SampleRecord] = []
    ) {
        self.series = series
        self.windows = windows
        self.logs = logs
        self.gaps = gaps
        self.events = events
        self.samples = samples
    }

    package var counts: RecordCounts {
        RecordCounts(
            windows: windows.count, logs: logs.count, gaps: gaps.count, events: events.count,
            samples: samples.count)
    }

    package var isEmpty: Bool { counts.total == 0 }

    /// From the earliest to the latest moment that some record is about.
    package var span: ClosedRange<Timestamp>? {
        var bounds: ClosedRange<Timestamp>?
        func include(_ from: Timestamp, _ to: Timestamp) {
            let low = min(from, to, bounds?.lowerBound ?? from)
            let high = max(from, to, bounds?.upperBound ?? to)
            bounds = low...high
        }
        for window in windows { include(window.start, window.end) }
        for log in logs { include(log.time, log.time) }
        for gap in gaps { include(gap.from, gap.to) }
        for event in events { include(event.time, event.time) }
        for sample in samples { include(sample.reading.time, sample.reading.time) }
        return bounds
    }

    package mutating func append(_ other: RecordSet) {
        windows += other.windows
        logs += other.logs
        gaps += other.gaps
        events += other.events
        samples += other.samples
    }

    /// The numbers of the series that occur, in order.
    package var usedSeries: [SeriesID] {
        var used = Set(windows.map(\.series))
        for sample in samples { used.insert(sample.series) }
        return used.sorted()
    }

    /// The same records for the wire: in the order of `ordered`, with the series that occur.
    ///
    /// - Parameter lookUp: a series by the store's number.
    package func resolved(_ lookUp: (SeriesID) -> Series) -> RecordSet {
        let used = usedSeries
        let places = Dictionary(uniqueKeysWithValues: zip(used, SeriesID(0)...))
        var resolved = ordered()
        for index in resolved.windows.indices {
            resolved.windows[index].series = places[resolved.windows[index].series]!
        }
        for index in resolved.samples.indices {
            resolved.samples[index].series = places[resolved.samples[index].series]!
        }
        resolved.series = used.map(lookUp)
        return resolved
    }
}
