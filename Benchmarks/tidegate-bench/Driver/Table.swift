/// The medians of each scenario, bare subscriber and gateway side by side.
struct Table {
    private var rows: [[String]] = [
        ["load", "subject", "messages/s", "CPU us/msg", "disk B/msg", "peak RSS MiB", "anon MiB"]
    ]

    mutating func add(_ load: String, _ result: Rounds) {
        for kind in SubjectKind.allCases {
            let figures = [
                result.median(kind, \.rate).rounded(), result.median(kind, \.cpuMicroseconds),
                result.median(kind, \.bytesWritten), result.median(kind, \.peakRSS),
                result.median(kind, \.anonymousRSS),
            ]
            rows.append([load, kind.rawValue] + figures.map(\.short))
        }
    }

    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                return column < 2 ? row[column] + gap : gap + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n") + "\n"
    }
}
