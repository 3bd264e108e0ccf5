package import Core
package import Export
package import Wire

/// A record a row (RFC 4180, with line feeds), under a row of names.
package struct CSVText: RecordText {
    private let kind: ExportSelection.Kind
    private let aggregates: [Aggregate]

    /// - Parameter aggregates: a column for each; windows without one leave it empty.
    package init(_ kind: ExportSelection.Kind, aggregates: [Aggregate]) {
        self.kind = kind
        self.aggregates = aggregates
    }

    package func heading() -> [UInt8] {
        let series = ["stream", "field", "labels", "unit"]
        let own =
            switch kind {
            case .window:
                series + ["start", "end", "shape", "flags", "revision", "quality", "reasons"]
                    + ["unmerged"] + aggregates.map(\.name)
            case .log: ["time", "level", "source", "message"]
            case .gap: ["cause", "subject", "from", "to", "count", "detail"]
            case .event:
                [
                    "event", "name", "subject", "state", "severity", "time", "value", "quality",
                    "reasons", "detail",
                ]
            case .sample: series + ["time", "value", "quality", "reasons"]
            }
        return Self.row(["gateway", "epoch", "batch"] + own)
    }

    package func lines(
        of records: RecordSet, amended: [Int: [Aggregate]], from source: RecordSource
    ) -> [UInt8] {
        let origin = [source.gateway, "\(source.epoch)", "\(source.sequence)"]
        let series = records.series.map(Self.cells)
        var bytes: [UInt8] = []
        for (place, window) in records.windows.enumerated() {
            let cells = cells(of: window, unmerged: amended[place])
            bytes += Self.row(origin + series[Int(window.series)] + cells)
        }
        for log in records.logs {
            bytes += Self.row(origin + ["\(log.time)", log.levelName, log.source, log.message])
        }
        for gap in records.gaps { bytes += Self.row(origin + Self.cells(of: gap)) }
        for event in records.events { bytes += Self.row(origin + Self.cells(of: event)) }
        for sample in records.samples {
            let reading = sample.reading
            bytes += Self.row(
                origin + series[Int(sample.series)] + ["\(reading.time)", "\(reading.number)"]
                    + Self.cells(of: reading.quality))
        }
        return bytes
    }

    private static func cells(of series: Series) -> [String] {
        let labels = series.labels.map { "\($0.name)=\($0.value)" }
        return [series.stream, series.field, labels.joined(separator: ";"), series.unit]
    }

    private func cells(of window: WindowRecord, unmerged: [Aggregate]?) -> [String] {
        let shape = window.layout.shape
        let detail = shape.detail.map { ";\($0.name)=\($0.value)" } ?? ""
        let flags = window.flagNames(isAmended: unmerged != nil)
        return ["\(window.start)", "\(window.end)", shape.name + detail]
            + [flags.joined(separator: ";"), "\(window.revision)"]
            + Self.cells(of: window.quality)
            + [(unmerged ?? []).map(\.name).joined(separator: ";")]
            + aggregates.map { window[$0]?.description ?? "" }
    }

    private static func cells(of quality: Quality) -> [String] {
        [quality.level.name, quality.reasons.names.joined(separator: ";")]
    }

    private static func cells(of gap: GapRecord) -> [String] {
        [gap.cause.name, gap.subject, "\(gap.from)", "\(gap.to)", "\(gap.count)", gap.detail]
    }

    private static func cells(of event: EventRecord) -> [String] {
        [event.kind.name, event.name, event.subject, event.state.name, event.severity.name]
            + ["\(event.time)", event.value?.description ?? ""] + cells(of: event.quality)
            + [event.detail]
    }

    private static func row(_ cells: [String]) -> [UInt8] {
        Array((cells.map(quoted).joined(separator: ",") + "\n").utf8)
    }

    private static func quoted(_ cell: String) -> String {
        let special = Set(",\"\r\n".utf8)
        guard cell.utf8.contains(where: special.contains) else { return cell }
        let doubled = cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(doubled)\""
    }
}
