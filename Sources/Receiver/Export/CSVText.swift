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
        let own =
            switch kind {
            case .window:
                ["stream", "field", "labels", "unit", "start", "end", "flags"]
                    + aggregates.map(\.name)
            case .log: ["time", "level", "source", "message"]
            case .gap: ["cause", "subject", "from", "to", "count", "detail"]
            }
        return Self.row(["gateway", "epoch", "batch"] + own)
    }

    package func lines(of records: RecordSet, from source: RecordSource) -> [UInt8] {
        let origin = [source.gateway, "\(source.epoch)", "\(source.sequence)"]
        var bytes: [UInt8] = []
        for window in records.windows {
            let series = records.series[Int(window.series)]
            let labels = series.labels.map { "\($0.name)=\($0.value)" }
            let cells = [
                series.stream, series.field, labels.joined(separator: ";"), series.unit,
                "\(window.start)", "\(window.end)", window.flags.names.joined(separator: ";"),
            ]
            let values = aggregates.map { window[$0]?.exportText ?? "" }
            bytes += Self.row(origin + cells + values)
        }
        for log in records.logs {
            bytes += Self.row(origin + ["\(log.time)", log.levelName, log.source, log.message])
        }
        for gap in records.gaps {
            bytes += Self.row(
                origin + [
                    gap.cause.name, gap.subject, "\(gap.from)", "\(gap.to)", "\(gap.count)",
                    gap.detail,
                ])
        }
        return bytes
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
