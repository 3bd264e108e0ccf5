/// Lays cells out below each other; the last of a row may be of any length.
struct TextColumns {
    private var widths: [Int] = []

    /// Makes room for a row.
    mutating func fit(_ cells: [String]) {
        for (column, cell) in cells.dropLast().enumerated() {
            if column == widths.count { widths.append(0) }
            widths[column] = max(widths[column], cell.count)
        }
    }

    func line(_ cells: [String]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            line += cell
            guard column < cells.count - 1 else { break }
            line += String(repeating: " ", count: widths[column] - cell.count + 2)
        }
        return line + "\n"
    }

    static func text(_ rows: [[String]]) -> String {
        var columns = TextColumns()
        for row in rows { columns.fit(row) }
        return rows.map(columns.line).joined()
    }
}
