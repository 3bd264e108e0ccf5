/// A row of a CSV file, and where it begins.
package struct CSVRow: Hashable, Sendable {
    package var fields: [String]
    /// From 1.
    package var line: Int

    package init(_ fields: [String], line: Int) {
        self.fields = fields
        self.line = line
    }
}
