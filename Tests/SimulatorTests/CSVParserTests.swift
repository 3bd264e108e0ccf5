internal import Simulator
internal import Testing

struct CSVParserTests {
    private func rows(_ text: String, pieces: Int = 1_000) -> [[String]] {
        var parser = CSVParser()
        var (rows, rest) = ([[String]](), Array(text.utf8)[...])
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

    @Test func aByteOrderMarkIsSkipped() {
        #expect(rows("\u{feff}\"a\",b\n") == [["a", "b"]])
    }
}
