internal import Simulator
internal import Testing

struct CSVParserTests {
    private func rows(_ text: String, pieces: Int = 1_000) -> [[String]] {
        parsed(text, pieces: pieces).map(\.fields)
    }

    private func parsed(_ text: String, pieces: Int) -> [CSVRow] {
        var parser = CSVParser()
        var (rows, rest) = ([CSVRow](), Array(text.utf8)[...])
        while !rest.isEmpty {
            rows += parser.consume(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
        }
        return rows + (parser.finish().map { [$0] } ?? [])
    }

    @Test(arguments: [1, 2, 3, 1_000])
    func rowsAreTheSameHoweverTheBytesCome(pieces: Int) {
        let text = "a,b\r\n\"x, \"\"y\"\"\nz\",2\n,\n"
        #expect(rows(text, pieces: pieces) == [["a", "b"], ["x, \"y\"\nz", "2"], ["", ""]])
    }

    @Test func aLastRowNeedsNoLineEnd() {
        #expect(rows("a\n1") == [["a"], ["1"]])
    }

    @Test func emptyLinesAreNoRows() {
        #expect(rows("a\n\n\r\n1\n\n") == [["a"], ["1"]])
    }

    @Test func aQuotedEmptyFieldIsARow() {
        #expect(rows("\"\"\n") == [[""]])
    }

    @Test(arguments: [1, 1_000])
    func rowsKnowTheirLine(pieces: Int) {
        let text = "a\r\n\r\n\"1\n2\"\n3\n\n4"
        #expect(parsed(text, pieces: pieces).map(\.line) == [1, 3, 5, 7])
    }

    @Test(arguments: [1, 1_000])
    func aQuoteThatIsOpenKnowsItsLine(pieces: Int) {
        var parser = CSVParser()
        for (text, line) in [("a\n\"1\n2\"\n", nil), ("3,\"4\n5\n", 4)] as [(String, Int?)] {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                _ = parser.consume(rest.prefix(pieces))
                rest = rest.dropFirst(pieces)
            }
            #expect(parser.openQuote == line)
        }
    }

    @Test func aByteOrderMarkIsSkipped() {
        #expect(rows("\u{feff}\"a\",b\n") == [["a", "b"]])
    }
}
