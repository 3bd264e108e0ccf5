/// RFC 4180, fed with bytes as they come: fields with commas, line ends and doubled quotes
/// inside quotes; LF or CRLF; a byte order mark at the beginning is skipped.
package struct CSVParser {
    private enum State { case fieldStart, plain, quoted, quoteInQuoted }

    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var isFirstField = true
    /// That the next byte is on, and that the row begins on.
    private var (line, firstLine) = (1, 1)
    /// That the last quoted field began on.
    private var quoteLine = 1

    package init() {}

    /// The rows that these bytes complete. Empty lines are no rows.
    package mutating func consume(_ bytes: some Sequence<UInt8>) -> [CSVRow] {
        var rows: [CSVRow] = []
        for byte in bytes { consume(byte, into: &rows) }
        return rows
    }

    /// The line of the quote that is open: at the end of a file one that was never closed.
    package var openQuote: Int? { state == .quoted ? quoteLine : nil }

    /// The last row, when the file does not end with a line end.
    package mutating func finish() -> CSVRow? {
        var rows: [CSVRow] = []
        endRow(&rows)
        return rows.first
    }

    private mutating func consume(_ byte: UInt8, into rows: inout [CSVRow]) {
        if byte == UInt8(ascii: "\n") { line += 1 }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _): field.append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.fieldStart, UInt8(ascii: "\"")): (state, quoteLine) = (.quoted, line)
        case (_, UInt8(ascii: ",")): endField()
        case (_, UInt8(ascii: "\n")): endRow(&rows)
        case (_, UInt8(ascii: "\r")): break
        default:
            field.append(byte)
            state = .plain
            skipByteOrderMark()
        }
    }

    private mutating func skipByteOrderMark() {
        guard isFirstField, field == [0xef, 0xbb, 0xbf] else { return }
        field = []
        state = .fieldStart
    }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
        isFirstField = false
    }

    private mutating func endRow(_ rows: inout [CSVRow]) {
        defer { firstLine = line }
        let isEmpty = fields.isEmpty && field.isEmpty && state == .fieldStart
        guard !isEmpty else { return }
        endField()
        rows.append(CSVRow(fields, line: firstLine))
        fields = []
    }
}
