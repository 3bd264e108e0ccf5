package import Core
package import Export

/// Prints a trial as it goes, or at its end.
package struct TrialPrinter {
    package enum Format: String, CaseIterable, Sendable { case table, ndjson }

    private enum Form {
        case table(TrialTable)
        case lines(TrialLines)
    }

    private let output: Output
    private var form: Form

    /// - Parameter showsPublications: also what would be published to the local broker.
    package init(_ format: Format, showsPublications: Bool, to output: Output) {
        self.output = output
        form =
            switch format {
            case .table: .table(TrialTable(showsPublications: showsPublications))
            case .ndjson: .lines(TrialLines(showsPublications: showsPublications))
            }
    }

    package mutating func take(_ time: Timestamp, _ effects: Effects) throws(Output.Failure) {
        switch form {
        case .table(var table):
            // In place: the rows must not be copied.
            form = .table(TrialTable())
            table.add(time, effects)
            form = .table(table)
        case .lines(var lines):
            try output.write(lines.lines(time, effects))
            form = .lines(lines)
        }
    }

    /// The rest. The figures stand below a table, and beside lines on standard error.
    package func end(_ figures: TrialFigures) throws(Output.Failure) {
        switch form {
        case .table(let table):
            try table.write { text throws(Output.Failure) in try output.write(Array(text.utf8)) }
            try output.write(Array("\n\(figures.text)".utf8))
            try output.flush()
        case .lines:
            try output.flush()
            Output.complain(String(figures.text.dropLast()))
        }
    }
}
