internal import Core
internal import Wire

extension AuditReport {
    /// For a person: an epoch a line, then what its gap records say, what is missing and
    /// what was refused.
    package var table: String {
        guard !gateways.isEmpty else { return "no batch has come yet\n" }
        var rows = [
            [
                "GATEWAY", "EPOCH", "BATCHES", "FIRST", "LAST", "COMPLETE", "HOLES", "AGAIN",
                "REFUSED", "WINDOWS", "REVISED", "AMENDED", "SAMPLES", "EVENTS", "LOGS", "GAPS",
                "WIRE", "RAW",
            ]
        ]
        for gateway in gateways {
            rows += gateway.epochs.map {
                [gateway.gateway, String("\($0.epoch)".prefix(8))] + $0.cells
            }
        }
        var text = Self.aligned(rows, left: 2)
        if let gaps = gapTable { text += "\n" + gaps + "\n" }
        for gateway in gateways {
            for epoch in gateway.epochs where !epoch.holes.isEmpty {
                text += "missing: \(gateway.gateway) \(epoch.epoch): \(Self.list(epoch.holes))\n"
            }
        }
        for refusal in refusals.prefix(10) {
            text += "refused: \(refusal.time) \(refusal.gateway) \(refusal.epoch) "
            text += "batch \(refusal.sequence): \(refusal.reason)\n"
        }
        return text
    }

    /// A cause a line.
    private var gapTable: String? {
        var rows = [["GATEWAY", "EPOCH", "GAPS", "RECORDS", "COUNT", "FROM", "TO"]]
        for gateway in gateways {
            for epoch in gateway.epochs {
                rows += epoch.gaps.map { gap in
                    [
                        gateway.gateway, String("\(epoch.epoch)".prefix(8)), gap.cause,
                        "\(gap.records)", "\(gap.count)", "\(gap.from)", "\(gap.to)",
                    ]
                }
            }
        }
        return rows.count > 1 ? Self.aligned(rows, left: 3) : nil
    }

    /// Columns as wide as their widest cell; the first ones to the left, numbers to the right.
    private static func aligned(_ rows: [[String]], left: Int) -> String {
        let widths = rows[0].indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < left ? cell.0 + space : space + cell.0
            }.joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func list(_ holes: [ClosedRange<Int64>]) -> String {
        let shown = holes.prefix(20).map { hole in
            hole.count == 1 ? "\(hole.lowerBound)" : "\(hole.lowerBound)-\(hole.upperBound)"
        }
        return shown.joined(separator: ", ") + (holes.count > 20 ? ", …" : "")
    }
}

extension EpochAudit {
    fileprivate var cells: [String] {
        let missing = holes.reduce(0) { $0 + $1.count }
        return [
            batches, first, last, completeThrough, Int64(missing), duplicates, conflicts,
            Int64(records.windows), revised, amended, Int64(records.samples),
            Int64(records.events), Int64(records.logs), Int64(records.gaps), wireBytes, rawBytes,
        ].map(\.description)
    }
}
