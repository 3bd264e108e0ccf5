internal import Core

/// Log records in columns.
enum LogTable {
    static func encode(_ logs: [LogRecord], into writer: inout ByteWriter) {
        writer.count(logs.count)
        IntegerColumn.encode(logs.map(\.time.microseconds), into: &writer)
        IntegerColumn.encode(logs.map { Int64($0.level) }, into: &writer)
        for log in logs { writer.text(log.source) }
        for log in logs { writer.text(log.message) }
    }

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [LogRecord] {
        let rows = try reader.count(ofAtLeast: 2)
        try budget.take(records: rows)
        let times = try IntegerColumn.decode(rows, as: Int64.self, "time", from: &reader)
        let levels = try IntegerColumn.decode(rows, as: UInt8.self, "log level", from: &reader)
        var sources: [String] = []
        for _ in 0..<rows { sources.append(try reader.text()) }
        var logs: [LogRecord] = []
        for row in 0..<rows {
            logs.append(
                LogRecord(
                    time: try Timestamp(decoded: times[row]), level: levels[row],
                    source: sources[row],
                    message: try reader.text()))
        }
        return logs
    }
}
