internal import Simulator

extension FuzzTarget {
    /// A byte for the size of the pieces, then a CSV file as a person has it replayed.
    static let csv = FuzzTarget("csv", seeds: csvSeeds) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let piece = input.choice(16) + 1
        let file = input.rest()
        var whole = CSVParser()
        var rows = whole.consume(file)
        if let last = whole.finish() { rows.append(last) }
        var pieces = CSVParser()
        var again: [CSVRow] = []
        for start in stride(from: 0, to: file.count, by: piece) {
            again += pieces.consume(file[start..<min(start + piece, file.count)])
        }
        if let last = pieces.finish() { again.append(last) }
        try require(rows == again, "other rows in pieces of \(piece) bytes")
        guard let header = rows.first?.fields, let time = header.first,
            let template = try? TopicTemplate("plant/{column}"),
            let table = try? ReplayTable(
                header: header, columns: ReplayColumns(time: time, template: template))
        else { return }
        var pace = ReplayPace(speed: 10, longestGap: nil)
        for row in rows.dropFirst() {
            guard let (moment, messages) = try? table.messages(of: row.fields) else { continue }
            try require(messages.count <= row.fields.count, "\(messages.count) messages")
            try require(pace.due(moment) >= 0, "due before the start")
        }
    }

    private static var csvSeeds: [FuzzSeed] {
        func seed(_ name: String, _ text: String) -> FuzzSeed {
            FuzzSeed(name, [3] + Array(text.utf8))
        }
        return [
            seed("plain", "time,a,b\n2020-02-08 13:30:47,1,2.5\n2020-02-08 13:30:48,,3\n"),
            seed("crlf", "time,a\r\n1763932774,1\r\n1763932775,2"),
            seed("quoted", "t,\"a \"\"b\"\", c\"\n1763932774123,\"1\n2\"\n"),
            seed("bom", "\u{feff}t,a\n0,1\n"), seed("narrow", "t,a\n1\n1,2,3\n"),
            seed("open-quote", "t,\"a\n1,2\n"), seed("empty", ""), seed("lines", "\n\n\r\n,\n"),
            seed(
                "extreme-times",
                "t,a\n9223372036854775807,1\n-9223372036854775808,1\n9223372036854775807,1\n"),
            seed("backwards", "t,a\n2014-01-07 02:55,1\n2014-01-07 02:00,2\n"),
            seed("quote-inside", "t,a\n1,2\"3\"\n\"1\"2,3\n"),
        ]
    }
}
