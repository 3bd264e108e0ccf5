internal import Core
internal import SQLite

/// Series by their numbers, from 0 without a hole. Each with a checksum of name and number: a
/// name with another letter in it is a name, too, and so is that of another series.
enum SeriesTable {
    /// Inside the caller's transaction.
    static func insert(
        _ series: Series, number: Int64, in connection: Connection
    ) throws(SQLiteError) {
        var writer = ByteWriter()
        writer.series(series)
        writer.fixed(ByteHash.hash(writer.bytes.span, seed: UInt64(number)))
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
        return data.flatMap { try? Self.series(Int64(number), decoding: $0) }
    }

    static func series(
        _ number: Int64, decoding data: [UInt8]
    ) throws(FormatError) -> Series {
        var reader = ByteReader(data)
        let series = try reader.series()
        // Older rows have none.
        guard !reader.isAtEnd else { return series }
        let length = data.count - reader.remaining
        let check = try reader.fixed()
        let content = data.span.extracting(0..<length)
        // Some have one without the number.
        guard
            check == ByteHash.hash(content, seed: UInt64(bitPattern: number))
                || check == ByteHash.hash(content), reader.isAtEnd
        else { throw .malformed("series \(number) is not as it was written") }
        return series
    }

    /// All of these numbers, in order.
    static func all(_ numbers: Range<Int64>, in connection: Connection) throws -> [Series] {
        var rows: [(Int64, [UInt8])] = []
        try connection.each(
            "SELECT number, data FROM series WHERE number >= ? AND number < ? ORDER BY number",
            .integer(numbers.lowerBound), .integer(numbers.upperBound)
        ) { rows.append(($0.integer(0), $0.blob(1))) }
        guard rows.map(\.0) == Array(numbers) else {
            throw FormatError.malformed(
                "\(rows.count) series instead of \(numbers.count), or not in order")
        }
        return try rows.map { try series($0, decoding: $1) }
    }
}
