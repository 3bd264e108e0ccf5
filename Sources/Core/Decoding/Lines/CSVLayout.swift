/// How the lines of comma-separated values (RFC 4180) are to be read.
package struct CSVLayout: Hashable, Sendable {
    package enum Header: Hashable, Sendable {
        case none
        /// The first line of each message.
        case firstLine
        case names([String])
    }

    package let delimiter: UInt8
    package let header: Header
    /// Those that matter; the others are passed over.
    package let columns: [CSVColumn]
    /// Lines that begin with it are passed over; empty for none.
    package let comment: String

    /// - Throws: `Malformed`, where it cannot be what is meant.
    package init(
        delimiter: UInt8 = UInt8(ascii: ","), header: Header = .none, columns: [CSVColumn],
        comment: String = ""
    ) throws(Malformed) {
        guard delimiter < 0x80, delimiter >= 0x20 || delimiter == UInt8(ascii: "\t"),
            delimiter != UInt8(ascii: "\"")
        else { throw Malformed("a delimiter is one character of ASCII, and no quote") }
        var (names, times, values): (Set<String>, Int, Int) = ([], 0, 0)
        for column in columns {
            guard (1...LineOutcome.maximumName).contains(column.name.utf8.count) else {
                throw Malformed("a column's name has 1 to \(LineOutcome.maximumName) bytes")
            }
            guard names.insert(column.name).inserted else {
                throw Malformed("the column '\(column.name)' is there twice")
            }
            guard (0..<CSVRecordReader.maximumFields).contains(column.place ?? 0) else {
                throw Malformed("the column '\(column.name)' is too far to the right")
            }
            if column.place == nil, header == .none {
                throw Malformed("without a header the column '\(column.name)' needs its place")
            }
            switch column.role {
            case .metric, .flag, .state: values += 1
            case .time: times += 1
            case .label: break
            }
        }
        guard values > 0 else { throw Malformed("expected a column of values") }
        guard times <= 1 else { throw Malformed("expected at most one column of times") }
        self.delimiter = delimiter
        self.header = header
        self.columns = columns
        self.comment = comment
        if case .names(let names) = header, let missing = places(in: names).missing {
            throw Malformed("the column '\(missing)' is not in the header")
        }
    }

    /// The place of each column, or which one has none.
    func places(in header: [String]) -> (places: [Int], missing: String?) {
        var places: [Int] = []
        for column in columns {
            guard let place = column.place ?? header.firstIndex(of: column.name) else {
                return ([], column.name)
            }
            places.append(place)
        }
        return (places, nil)
    }

    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = description }
    }
}
