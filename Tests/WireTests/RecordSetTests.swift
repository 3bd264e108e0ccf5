import Core
import Simulator
import Testing
import Wire

@Suite struct RecordSetTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func roundTrips(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let records = RecordSet.random(&generator)
        let decoded = try RecordSet(decoding: records.encoded(), closed: true)
        #expect(decoded.normalized == records.normalized, "seed \(seed)")
    }

    @Test(arguments: [UInt64(5), 6])
    func neverCrashesOnDamage(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let good = RecordSet.random(&generator).encoded()
        for _ in 0..<3_000 {
            var bad = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bad[Int.random(in: 0..<bad.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            _ = try? RecordSet(decoding: bad, closed: true)
        }
    }

    @Test func refusesMoreNumbersThanABatchMayHold() {
        // A table that claims a million rows of constant columns.
        var table = ByteWriter()
        table.layout(
            WindowLayout(
                shape: .tumbling(size: 1), aggregates: (1...60).map { .quantile($0 * 100) }))
        table.count(1_000_000)
        table.raw([UInt8](repeating: 0, count: 1_000_000))
        for kind: UInt8 in [2, 5] {
            var body = ByteWriter()
            body.byte(kind)
            // The first tables had no byte for the shape.
            body.block(Array(table.bytes.dropFirst(kind == 2 ? 1 : 0)))
            #expect(throws: FormatError.malformed("too many numbers for one batch")) {
                try RecordSet(decoding: body.bytes, closed: false)
            }
        }
    }

    /// Rows may be alike in everything, so that no count of bytes bounds them.
    @Test(arguments: [UInt8(5), 7])
    func refusesMoreRowsThanABatchMayHold(kind: UInt8) {
        var table = ByteWriter()
        if kind == 5 { table.layout(WindowLayout(shape: .calendar, aggregates: [])) }
        table.count(1 << 20 + 1)
        table.raw([UInt8](repeating: 0, count: 100))
        var body = ByteWriter()
        body.byte(kind)
        body.block(table.bytes)
        #expect(throws: FormatError.malformed("too many records for one batch")) {
            try RecordSet(decoding: body.bytes, closed: false)
        }
    }

    @Test func refusesAggregatesWithoutEnd() {
        var table = ByteWriter()
        table.shape(.calendar)
        table.count(5_000)
        for state in 0..<5_000 { table.aggregate(.durationInState(Int32(state))) }
        var body = ByteWriter()
        body.byte(5)
        body.block(table.bytes)
        #expect(throws: FormatError.malformed("more than 4096 aggregates in a window")) {
            try RecordSet(decoding: body.bytes, closed: false)
        }
    }

    @Test func resolvesSeriesAndOrdersRecords() {
        let layout = WindowLayout(shape: .tumbling(size: 10), aggregates: [.count])
        func window(_ series: SeriesID, _ start: Int64, _ revision: UInt32 = 0) -> WindowRecord {
            let start = Timestamp(microseconds: start)
            return WindowRecord(
                series: series, start: start, end: start + 10, layout: layout,
                revision: revision, values: [Number(1)])
        }
        func sample(_ series: SeriesID, _ time: Int64, _ number: Number) -> SampleRecord {
            SampleRecord(
                series: series,
                reading: Reading(time: Timestamp(microseconds: time), number: number))
        }
        let set = RecordSet(
            windows: [window(9, 20), window(4, 20, 1), window(9, 10), window(4, 20)],
            samples: [
                sample(7, 5, .binary(0.5)), sample(9, 4, Number(3)), sample(7, 3, Number(1)),
                sample(9, 1, Number(2)),
            ])
        let resolved = set.resolved { id in
            Series(stream: "s\(id)", field: "f", labels: [], unit: "")
        }
        #expect(resolved.series.map(\.stream) == ["s4", "s7", "s9"])
        #expect(
            resolved.windows == [window(0, 20), window(0, 20, 1), window(2, 10), window(2, 20)])
        // Series of doubles behind those of decimals, whatever their numbers.
        #expect(
            resolved.samples == [
                sample(2, 1, Number(2)), sample(2, 4, Number(3)), sample(1, 3, Number(1)),
                sample(1, 5, .binary(0.5)),
            ])
    }

    @Test func theSeriesOfASampleMustBeThere() throws {
        let reading = Reading(time: .epoch, number: Number(1))
        let bytes = RecordSet(samples: [SampleRecord(series: 0, reading: reading)]).encoded()
        #expect(try RecordSet(decoding: bytes, closed: false).samples.count == 1)
        #expect(throws: FormatError.malformed("a sample of series 0, of 0")) {
            try RecordSet(decoding: bytes, closed: true)
        }
    }

    @Test func theSpanIsOfAllKinds() {
        let time = { (second: Int64) in Timestamp(microseconds: second * 1_000_000) }
        let layout = WindowLayout(shape: .session(gap: 1_000_000), aggregates: [])
        var set = RecordSet(windows: [
            WindowRecord(series: 0, start: time(10), end: time(75), layout: layout, values: [])
        ])
        #expect(set.span == time(10)...time(75))
        set.events = [Self.event(at: time(80))]
        #expect(set.span == time(10)...time(80))
        set.samples = [
            SampleRecord(series: 0, reading: Reading(time: time(5), number: Number(1)))
        ]
        #expect(set.span == time(5)...time(80))
    }

    static func event(at time: Timestamp, value: Number? = nil) -> EventRecord {
        EventRecord(
            kind: .alarm, name: "hot", subject: "t{d=1}", state: .active, severity: .warning,
            time: time, value: value, quality: .good, detail: "above 80")
    }
}

extension RecordSet {
    /// A column brings its decimals to one scale.
    var normalized: RecordSet {
        var copy = self
        copy.windows = windows.map(\.normalized)
        for index in samples.indices {
            copy.samples[index].reading.number = samples[index].reading.number.normalized
        }
        return copy
    }
}
