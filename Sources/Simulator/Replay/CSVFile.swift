/// The rows of a CSV file, read piece by piece.
struct CSVFile: ~Copyable {
    private var pieces: PieceReader
    private var parser = CSVParser()
    /// Parsed and not handed out yet, the next one last.
    private var waiting: [CSVRow] = []
    private var isAtEnd = false

    /// - Parameter path: `-` is standard input.
    init(path: String) throws(SimulatorError) { pieces = try PieceReader(path: path) }

    var name: String { pieces.name }

    /// `nil` at the end.
    mutating func next() throws(SimulatorError) -> CSVRow? {
        while waiting.isEmpty, !isAtEnd {
            if let piece = try pieces.next() {
                waiting = parser.consume(piece).reversed()
            } else {
                isAtEnd = true
                if let line = parser.openQuote {
                    throw SimulatorError(
                        "\(name):\(line): the quote that begins here is never closed",
                        advice: "close it, or double it where it is meant")
                }
                waiting = parser.finish().map { [$0] } ?? []
            }
        }
        return waiting.popLast()
    }
}
