internal import Core
internal import Export
internal import Foundation
internal import OpenSSL
internal import Receiver
internal import Simulator
internal import Wire

extension FuzzTarget {
    /// A byte (whether the series must be there), then the records of a batch as they are
    /// before zstd. What can be read is sealed, sent, inspected and exported.
    static let records = FuzzTarget("records", maximumLength: 2_048, seeds: recordSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let isClosed = input.byte() & 1 == 1
        guard let records = try? RecordSet(decoding: input.rest(), closed: isClosed) else { return }
        try checkRoundTrip(records, isClosed: isClosed)
        if isClosed {
            try checkIntake(records)
            try checkExport(records)
        }
    }

    static func checkRoundTrip(_ records: RecordSet, isClosed: Bool) throws(Violation) {
        // Each column of a table is looked for in those before it: many take their time.
        guard records.windows.allSatisfy({ $0.layout.aggregates.count <= 64 }) else { return }
        let encoded = records.encoded()
        let again = try must("decoding what was encoded") {
            try RecordSet(decoding: encoded, closed: isClosed)
        }
        try require(again.counts == records.counts, "other counts when decoded again")
        for (one, other) in zip(records.windows, again.windows) {
            try require(normalized(one) == normalized(other), "\(one) decodes as \(other)")
        }
        for (one, other) in zip(records.samples, again.samples) {
            try require(normalized(one) == normalized(other), "\(one) decodes as \(other)")
        }
        for (one, other) in zip(records.events, again.events) {
            try require(normalized(one) == normalized(other), "\(one) decodes as \(other)")
        }
        try require(again.gaps == records.gaps && again.logs == records.logs, "other records")
        try require(again.series == records.series, "other series")
    }

    /// A column brings its decimals to one scale.
    private static func normalized(_ window: WindowRecord) -> WindowRecord {
        var copy = window
        copy.values = window.values.map { $0?.normalized }
        return copy
    }

    private static func normalized(_ sample: SampleRecord) -> SampleRecord {
        var copy = sample
        copy.reading.number = sample.reading.number.normalized
        return copy
    }

    private static func normalized(_ event: EventRecord) -> EventRecord {
        var copy = event
        copy.value = event.value?.normalized
        return copy
    }

    private static func checkIntake(_ records: RecordSet) throws(Violation) {
        let batch = seal(records)
        let inspection = try must("sealed, and refused") {
            try Inspection(batch.bytes, from: gateway, limits: ReceiverLimits())
        }
        try require(inspection.batch == batch, "another batch")
        try require(inspection.gaps == records.gaps, "other gaps")
    }

    static let gateway = "gateway-1"

    static func seal(_ records: RecordSet) -> Batch {
        Batch(
            sealing: records, gateway: gateway, epoch: epoch, sequence: 1, previous: .zero)
    }

    static let epoch = Epoch("00112233445566778899aabbccddeeff")!

    private static func checkExport(_ records: RecordSet) throws(Violation) {
        let source = RecordSource(gateway: gateway, epoch: epoch, sequence: 1)
        let lines = NDJSONText().lines(of: records, from: source)
        let count = lines.split(separator: UInt8(ascii: "\n")).count
        try require(count == records.counts.total, "\(count) lines of \(records.counts.total)")
        for line in lines.split(separator: UInt8(ascii: "\n")).prefix(16) {
            try require(ReferenceJSON.accepts(Array(line)), "a line that is no JSON")
        }
        try checkMerge(records, source)
    }

    /// What stays, what gave way and what stands by itself are all that there were.
    private static func checkMerge(
        _ records: RecordSet, _ source: RecordSource
    ) throws(Violation) {
        var merge = WindowMerge()
        merge.note(records, from: source)
        let (merged, amended) = merge.merged(records)
        let plain = records.windows.filter { $0.revision == 0 && !$0.flags.contains(.amendment) }
        try require(
            merged.windows.count <= records.windows.count, "more windows than there were")
        try require(
            records.windows.isEmpty || !merged.windows.isEmpty || !merge.strays.isEmpty,
            "no window is left")
        try require(plain.count < records.windows.count || merged == records, "changed for nothing")
        try require(
            amended.keys.allSatisfy(merged.windows.indices.contains), "a place that there is not")
        let lines = NDJSONText().lines(of: merged, amended: amended, from: source)
        for line in lines.split(separator: UInt8(ascii: "\n")).prefix(16) {
            try require(ReferenceJSON.accepts(Array(line)), "a merged line that is no JSON")
        }
    }
}
