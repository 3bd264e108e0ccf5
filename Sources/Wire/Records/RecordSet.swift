package import Core

/// Finished records of all kinds: what a batch carries, and a block of the outbox.
package struct RecordSet: Hashable, Sendable {
    /// What the windows' series numbers mean. Empty in a block of the outbox, where they
    /// are the store's own numbers.
    package var series: [Series] = []
    package var windows: [WindowRecord] = []
    package var logs: [LogRecord] = []
    package var gaps: [GapRecord] = []

    package init(
        series: [Series] = [], windows: [WindowRecord] = [], logs: [LogRecord] = [],
        gaps: [GapRecord] = []
    ) {
        self.series = series
        self.windows = windows
        self.logs = logs
        self.gaps = gaps
    }

    package var counts: RecordCounts {
        RecordCounts(windows: windows.count, logs: logs.count, gaps: gaps.count)
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
        for window in windows { include(window.start, window.start + window.layout.size) }
        for log in logs { include(log.time, log.time) }
        for gap in gaps { include(gap.from, gap.to) }
        return bounds
    }

    package mutating func append(_ other: RecordSet) {
        windows += other.windows
        logs += other.logs
        gaps += other.gaps
    }

    /// The same records for the wire: with the series that occur, and windows in the order
    /// of their layout, series and time, so that neighbours are alike.
    ///
    /// - Parameter lookUp: a series by the store's number.
    package func resolved(_ lookUp: (SeriesID) -> Series) -> RecordSet {
        let used = Set(windows.map(\.series)).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(used, 0...))
        // Looked up once for each window: a comparison must not hash.
        var layouts: [WindowLayout: Int] = [:]
        let keyed = windows.map { window in
            let place = layouts[window.layout] ?? layouts.count
            layouts[window.layout] = place
            return (layout: place, window: window)
        }
        let sorted = keyed.sorted {
            ($0.layout, $0.window.series, $0.window.start)
                < ($1.layout, $1.window.series, $1.window.start)
        }.map(\.window)
        let renumbered = sorted.map { window in
            var copy = window
            copy.series = SeriesID(places[window.series]!)
            return copy
        }
        return RecordSet(
            series: used.map(lookUp), windows: renumbered, logs: logs, gaps: gaps)
    }
}
