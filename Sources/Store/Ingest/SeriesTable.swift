internal import Core
internal import SQLite

/// Series by their numbers, from 0 without a hole. Each with a checksum: a name with another
/// letter in it is a name, too.
enum SeriesTable {
    /// Inside the caller's transaction.
    static func insert(
        _ series: Series, number: Int64, in connection: Connection
    ) throws(SQLiteError) {
        var writer = ByteWriter()
        writer.series(series)
        writer.fixed(ByteHash.hash(writer.bytes.span))
        try connection.run(
            "INSERT INTO series VALUES (?, ?)", .integer(number), .blob(writer.bytes))
    }

    /// `nil` for one that is not there, or can't be read.
    static func series(
        _ number: SeriesID, in connection: Connection
    ) throws(SQLiteError) -> Series? {
        let data = try connection.first(
            "SELECT data FROM series WHERE number = ?", .integer(Int64(number))
        ) { $0.blob(0) }
        return data.flatMap { try? Self.series(decoding: $0) }
    }

    static func series(decoding data: [UInt8]) throws(FormatError) -> Series {
        var reader = ByteReader(data)
        let series = try reader.series()
        // Older rows have none.
        guard !reader.isAtEnd else { return series }
        let length = data.count - reader.remaining
        guard try reader.fixed() == ByteHash.hash(data.span.extracting(0..<length)),
            reader.isAtEnd
        else { throw .malformed("a series that is not as it was written") }
        return series
    }

    /// All below this number, in order.
    static func all(below count: Int64, in connection: Connection) throws -> [Series] {
        var rows: [[UInt8]] = []
        try connection.each(
            "SELECT data FROM series WHERE number < ? ORDER BY number", .integer(count)
        ) { rows.append($0.blob(0)) }
        guard rows.count == count else {
            throw FormatError.malformed("\(rows.count) series instead of \(count)")
        }
        return try rows.map(series(decoding:))
    }
}
