internal import Core

extension FuzzTarget {
    /// Parts of a snapshot that no gateway writes, and that once brought one down.
    static var senselessSnapshots: [FuzzSeed] {
        var seeds: [FuzzSeed] = []
        func add(_ name: String, part key: UInt8, _ write: (inout ByteWriter) -> Void) {
            var writer = ByteWriter()
            write(&writer)
            var output = FuzzOutput()
            output.byte(key)
            output.long(writer.bytes)
            seeds.append(FuzzSeed(name, output.bytes))
        }
        add("waiting-since-ever", part: 0) { globals(&$0, waitingSince: .min, inputs: [2, 3]) }
        add("round-of-one", part: 0) { globals(&$0, inputs: [1, 3]) }
        add("round-of-many", part: 0) { globals(&$0, inputs: [2, 9]) }
        add("gap-of-all", part: 0) { globals(&$0, inputs: [2, 3], gaps: .max) }
        add("topic-twice", part: 1) { writer in
            writer.count(2)
            for _ in 0..<2 { writer.block(Scene.topics[0]) }
        }
        add("window-at-the-end", part: 2) { window(&$0, start: .max) }
        add("window-of-all", part: 2) { window(&$0, count: .max) }
        add("window-of-none", part: 2) { window(&$0, count: 0) }
        add("sum-of-infinity", part: 2) { window(&$0, sum: .infinity) }
        add("sum-too-large", part: 2) { window(&$0, sum: 1e308) }
        add("largest-double", part: 2) { window(&$0, number: .binary(1.7e308)) }
        add("bucket-beyond", part: 2) { window(&$0, buckets: [(.max, 1), (.max, 1)]) }
        add("bucket-at-the-end", part: 2) { window(&$0, buckets: [(Int64(Int32.max), 1)]) }
        add("bucket-of-none", part: 2) { window(&$0, buckets: [(1, 0), (0, 1)]) }
        add("zeros-of-all", part: 2) { window(&$0, buckets: [(1, 5)], zeros: .max) }
        return seeds
    }

    private static func globals(
        _ writer: inout ByteWriter, waitingSince: Int64 = 0, inputs: [Int], gaps: UInt64 = 1
    ) {
        writer.signed(waitingSince)
        writer.signed(0)
        writer.count(1)
        writer.gap(
            GapRecord(
                cause: .brokerDropped, subject: "broker", from: .epoch, to: .epoch, count: gaps,
                detail: ""))
        writer.count(inputs.count)
        for count in inputs {
            writer.count(count)
            // Who was heard when; a round that waits for all.
            for _ in 0..<count + 3 { writer.signed(0) }
            for _ in 0..<count { writer.byte(0) }
        }
    }

    private static func window(
        _ writer: inout ByteWriter, start: Int64 = Scene.start.microseconds, count: UInt64 = 5,
        sum: Double = 0, number: Number = .zero, buckets: [(Int64, UInt64)] = [],
        zeros: UInt64 = 0
    ) {
        // One list of windows, in which nothing is late yet; the latest reading; one pane.
        writer.count(1)
        writer.signed(.min)
        writer.signed(0)
        writer.count(1)
        writer.signed(start)
        writer.signed(2_000_000)
        writer.varint(count)
        writer.varint(0)
        writer.quality(.good)
        writer.signed(start)
        writer.signed(0)
        writer.byte(0)
        writer.fixed(0)
        writer.signed(0)
        writer.byte(1)
        writer.double(sum)
        writer.double(0)
        for _ in 0..<4 { writer.number(number) }
        for _ in 0..<2 { writer.signed(0) }
        // Details without moments; a histogram of scale 20; nothing distinct, no signal.
        writer.byte(1)
        writer.byte(0)
        writer.signed(20)
        writer.varint(zeros)
        writer.count(buckets.count)
        for (step, count) in buckets {
            writer.signed(step)
            writer.varint(count)
        }
        for _ in 0..<5 { writer.byte(0) }
        // Nothing before, no aftermath; no alarms.
        writer.byte(0)
    }
}
