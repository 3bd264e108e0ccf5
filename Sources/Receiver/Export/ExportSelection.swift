internal import Core
package import Wire

/// Which records are exported.
package struct ExportSelection: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case window, log, gap, event, sample

        /// Whether such records belong to a series.
        package var isOfSeries: Bool { self == .window || self == .sample }
    }

    package var kind = Kind.window
    package var gateway: String?
    /// Of windows and samples.
    package var stream: String?
    /// A record belongs where it begins, so that spans side by side share none.
    package var span = ExportSpan.all
    /// Whether each record is exported as it came: revisions, early results and amendments
    /// beside their windows, and what came again behind a fork.
    package var isRaw = false

    package init() {}

    /// Those records of a batch that are selected.
    package func applied(to records: RecordSet) -> RecordSet {
        switch kind {
        case .window:
            let wanted = wanted(records.series)
            return RecordSet(
                series: records.series,
                windows: records.windows.filter {
                    wanted[Int($0.series)] && span.contains($0.start)
                })
        case .log: return RecordSet(logs: records.logs.filter { span.contains($0.time) })
        case .gap: return RecordSet(gaps: records.gaps.filter { span.contains($0.from) })
        case .event: return RecordSet(events: records.events.filter { span.contains($0.time) })
        case .sample:
            let wanted = wanted(records.series)
            return RecordSet(
                series: records.series,
                samples: records.samples.filter {
                    wanted[Int($0.series)] && span.contains($0.reading.time)
                })
        }
    }

    private func wanted(_ series: [Series]) -> [Bool] {
        series.map { stream == nil || $0.stream == stream }
    }
}
