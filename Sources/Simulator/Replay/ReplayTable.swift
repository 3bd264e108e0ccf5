/// The meaning of a CSV file's columns, taken from its header.
package struct ReplayTable: Sendable {
    private let names: [String]
    private let time: [Int]
    private let values: [Int]
    private let template: TopicTemplate
    private let zone: ZoneOffset

    /// - Throws: `SimulatorError` for a name that the header does not have, or has twice.
    package init(header: [String], columns: ReplayColumns) throws(SimulatorError) {
        func index(_ name: String) throws(SimulatorError) -> Int {
            guard let index = header.firstIndex(of: name) else {
                throw SimulatorError(
                    "the file has no column '\(name)'",
                    advice: "it has: \(header.joined(separator: ", "))")
            }
            guard header.lastIndex(of: name) == index else {
                throw SimulatorError(
                    "the file has column '\(name)' twice",
                    advice: "give each its own name, or choose others by --columns")
            }
            return index
        }
        names = header
        template = columns.template
        zone = columns.zone
        // A column whose own name has a comma comes first.
        let times =
            header.contains(columns.time)
            ? [columns.time] : columns.time.split(separator: ",").map(String.init)
        guard (1...2).contains(times.count) else {
            throw SimulatorError(
                "'\(columns.time)' is not one column, nor two",
                advice: "name the time's column, or those of date and time: Date,Time")
        }
        var time: [Int] = []
        for name in times { time.append(try index(name)) }
        self.time = time
        for name in template.columns { _ = try index(name) }
        var values: [Int] = []
        let template = columns.template
        let others = header.filter { !times.contains($0) && !template.columns.contains($0) }
        for name in columns.values ?? others { values.append(try index(name)) }
        self.values = values
    }

    /// The row's messages; empty cells make none.
    package func messages(
        of row: [String]
    ) throws(SimulatorError) -> (time: Int64, messages: [Message]) {
        guard row.count == names.count else {
            throw SimulatorError(
                "the row has \(row.count) fields, the header \(names.count)",
                advice: "repair the row")
        }
        let text = time.map { row[$0] }.joined(separator: " ")
        guard let milliseconds = TimeText.milliseconds(text, zone: zone) else {
            let columns = time.map { "'\(names[$0])'" }.joined(separator: " and ")
            throw SimulatorError(
                "'\(text)' in column \(columns) is no time",
                advice: "expected YYYY-MM-DD HH:MM:SS with an optional fraction and zone, "
                    + "M/D/YYYY HH:MM, or seconds or milliseconds since 1970")
        }
        let messages = values.filter { !row[$0].isEmpty }.map { column in
            Message(
                topic: template.topic(column: names[column]) { name in
                    names.firstIndex(of: name).map { row[$0] } ?? ""
                },
                milliseconds: milliseconds, text: row[column])
        }
        return (milliseconds, messages)
    }
}
