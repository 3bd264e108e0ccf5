internal import Core

/// Single readings in columns.
enum SampleTable {
    static func encode(_ samples: ArraySlice<SampleRecord>, into writer: inout ByteWriter) {
        writer.count(samples.count)
        IntegerColumn.encode(samples.lazy.map { Int64($0.series) }, into: &writer)
        TimeColumn.encode(samples.map(\.reading.time.microseconds), into: &writer)
        NumberColumn.encode(samples.map(\.reading.number), after: [], into: &writer)
        QualityColumns.encode(samples.map(\.reading.quality), into: &writer)
    }

    static func decode(
        from reader: inout ByteReader, budget: inout DecodingBudget
    ) throws(FormatError) -> [SampleRecord] {
        // Two may be alike in everything: the budget alone bounds them.
        let rows = try reader.count(ofAtLeast: 0)
        try budget.take(records: rows, numbersInEach: 1)
        let series = try IntegerColumn.decode(rows, as: SeriesID.self, "series", from: &reader)
        let times = try TimeColumn.decode(rows, "time", from: &reader)
        let numbers = try NumberColumn.decode(rows, after: [], from: &reader)
        let qualities = try QualityColumns.decode(rows, from: &reader)
        var samples: [SampleRecord] = []
        samples.reserveCapacity(rows)
        for row in 0..<rows {
            guard let number = numbers?[row] else { throw .malformed("a sample without a number") }
            samples.append(
                SampleRecord(
                    series: series[row],
                    reading: Reading(
                        time: try Timestamp(decoded: times[row]), number: number,
                        quality: qualities[row])))
        }
        return samples
    }
}
