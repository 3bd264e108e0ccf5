/// The meaning of a CSV file's columns, taken from its header.
package struct ReplayTable: Sendable {
    private let names: [String]
    private let time: Int
    private let values: [Int]
    private let template: TopicTemplate

    /// - Parameters:
    ///   - columns: those to publish; nil is each but the time and those that the topic names.
    /// - Throws: `SimulatorError` for a name that the header does not have.
    package init(
        header: [String], time: String, template: TopicTemplate, columns: [String]?
    ) throws(SimulatorError) {
        func index(_ name: String) throws(SimulatorError) -> Int {
            guard let index = header.firstIndex(of: name) else {
                throw SimulatorError(
                    "the file has no column '\(name)'",
                    advice: "it has: \(header.joined(separator: ", "))")
            }
            return index
        }
        names = header
        self.template = template
        self.time = try index(time)
        for name in template.columns { _ = try index(name) }
        var values: [Int] = []
        for name in columns ?? header.filter({ $0 != time && !template.columns.contains($0) }) {
            values.append(try index(name))
        }
        self.values = values
    }

    /// The row's messages; empty cells make none.
    ///
    /// - Parameter number: of the row, counted from the header's 1, for the error.
    package func messages(
        of row: [String], number: Int
    ) throws(SimulatorError) -> (time: Int64, messages: [Message]) {
        guard row.count == names.count else {
            throw SimulatorError(
                "row \(number) has \(row.count) fields, the header \(names.count)",
                advice: "repair the row")
        }
        guard let milliseconds = TimeText.milliseconds(row[time]) else {
            throw SimulatorError(
                "row \(number): '\(row[time])' in column '\(names[time])' is no time",
                advice: "expected YYYY-MM-DD HH:MM:SS with an optional fraction and zone,"
                    + " or seconds or milliseconds since 1970")
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
