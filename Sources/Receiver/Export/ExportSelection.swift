internal import Core
package import Wire

/// Which records are exported.
package struct ExportSelection: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case window, log, gap
    }

    package var kind = Kind.window
    package var gateway: String?
    /// Of windows.
    package var stream: String?
    /// A record belongs where it begins, so that spans side by side share none.
    package var span = ExportSpan.all

    package init() {}

    /// Those records of a batch that are selected.
    package func applied(to records: RecordSet) -> RecordSet {
        switch kind {
        case .window:
            let wanted = records.series.map { stream == nil || $0.stream == stream }
            return RecordSet(
                series: records.series,
                windows: records.windows.filter {
                    wanted[Int($0.series)] && span.contains($0.start)
                })
        case .log: return RecordSet(logs: records.logs.filter { span.contains($0.time) })
        case .gap: return RecordSet(gaps: records.gaps.filter { span.contains($0.from) })
        }
    }
}
