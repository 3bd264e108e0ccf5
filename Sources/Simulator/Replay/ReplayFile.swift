/// A CSV file as the messages of its rows, in the file's order. Errors name file and line.
package struct ReplayFile: ~Copyable {
    private var csv: CSVFile
    private let table: ReplayTable

    /// - Parameter path: `-` is standard input.
    /// - Throws: `SimulatorError` for a file that can't be read, and for a column that its
    ///   header does not have.
    package init(path: String, columns: ReplayColumns) throws(SimulatorError) {
        var csv = try CSVFile(path: path)
        guard let header = try csv.next() else {
            throw SimulatorError(
                "\(csv.name) is empty", advice: "its first row names the columns")
        }
        do {
            table = try ReplayTable(header: header.fields, columns: columns)
        } catch {
            throw error.at("\(csv.name):\(header.line)")
        }
        self.csv = csv
    }

    /// The next row's moment, in milliseconds since 1970, and its messages; `nil` at the end.
    package mutating func next() throws(SimulatorError) -> (time: Int64, messages: [Message])? {
        guard let row = try csv.next() else { return nil }
        do {
            return try table.messages(of: row.fields)
        } catch {
            throw error.at("\(csv.name):\(row.line)")
        }
    }
}
