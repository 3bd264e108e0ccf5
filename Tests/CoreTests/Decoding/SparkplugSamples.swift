@testable import Core

/// Builds Sparkplug payloads: field by field, as `sparkplug_b.proto` numbers them.
struct SparkplugSample {
    private(set) var writer = ByteWriter()

    var bytes: [UInt8] { writer.bytes }

    func varint(_ field: UInt64, _ value: UInt64) -> Self {
        var copy = self
        copy.writer.varint(field << 3)
        copy.writer.varint(value)
        return copy
    }

    func double(_ field: UInt64, _ value: Double) -> Self {
        var copy = self
        copy.writer.varint(field << 3 | 1)
        copy.writer.double(value)
        return copy
    }

    func float(_ field: UInt64, _ value: Float) -> Self {
        var copy = self
        copy.writer.varint(field << 3 | 5)
        for shift: UInt32 in [0, 8, 16, 24] {
            copy.writer.byte(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
        }
        return copy
    }

    func block(_ field: UInt64, _ bytes: [UInt8]) -> Self {
        var copy = self
        copy.writer.varint(field << 3 | 2)
        copy.writer.block(bytes)
        return copy
    }

    func text(_ field: UInt64, _ text: String) -> Self { block(field, Array(text.utf8)) }

    /// A payload of metrics.
    static func payload(
        seq: UInt64? = nil, at time: UInt64? = 1_000, _ metrics: [SparkplugSample]
    ) -> [UInt8] {
        var payload = SparkplugSample()
        if let time { payload = payload.varint(1, time) }
        for metric in metrics { payload = payload.block(2, metric.bytes) }
        if let seq { payload = payload.varint(3, seq) }
        return payload.bytes
    }

    static func metric(
        _ name: String? = nil, alias: UInt64? = nil, _ type: SparkplugDataType? = nil
    ) -> SparkplugSample {
        var metric = SparkplugSample()
        if let name { metric = metric.text(1, name) }
        if let alias { metric = metric.varint(2, alias) }
        if let type { metric = metric.varint(4, UInt64(type.rawValue)) }
        return metric
    }

    func property(_ key: String, _ value: SparkplugSample) -> Self {
        block(9, SparkplugSample().text(1, key).block(2, value.bytes).bytes)
    }
}

/// A decoder, and the messages to it.
struct SparkplugScene {
    var state = SparkplugState()

    init(limits: SparkplugLimits = SparkplugLimits()) { state = SparkplugState(limits: limits) }

    mutating func send(_ topic: String, _ payload: [UInt8]) throws -> SparkplugOutcome {
        try state.decode(topic: Array("spBv1.0/G/\(topic)".utf8).span, payload: payload.span)
    }

    /// A birth of `T` (alias 1, double, Cel), its value 20.5.
    mutating func bear(seq: UInt64 = 0, bdSeq: UInt64? = nil) throws -> SparkplugOutcome {
        var metrics = [
            SparkplugSample.metric("T", alias: 1, .double).double(13, 20.5)
                .property("engUnit", SparkplugSample().varint(1, 12).text(8, "Cel"))
        ]
        if let bdSeq {
            metrics.append(SparkplugSample.metric("bdSeq", .uint64).varint(11, bdSeq))
        }
        return try send("NBIRTH/N", SparkplugSample.payload(seq: seq, metrics))
    }

    mutating func say(seq: UInt64, alias: UInt64 = 1, _ value: Double = 21) throws
        -> SparkplugOutcome
    {
        let metric = SparkplugSample.metric(alias: alias).double(13, value)
        return try send("NDATA/N", SparkplugSample.payload(seq: seq, [metric]))
    }

    mutating func die(bdSeq: UInt64? = nil) throws -> SparkplugOutcome {
        let metrics = bdSeq.map {
            [SparkplugSample.metric("bdSeq", .uint64).varint(11, $0)]
        }
        return try send("NDEATH/N", SparkplugSample.payload(at: nil, metrics ?? []))
    }
}
