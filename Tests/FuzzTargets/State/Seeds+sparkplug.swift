internal import Core

extension FuzzTarget {
    static var sparkplugSeeds: [FuzzSeed] {
        let birth = sparkplugMessage(
            seq: 0,
            [
                named("T", alias: 1, type: 10) + [13 << 3 | 1] + fixed(20.5) + properties,
                named("i", alias: 2, type: 1) + [10 << 3, 251, 1],
                named("u", alias: 3, type: 8) + [11 << 3] + varint(.max),
                named("s", alias: 4, type: 12) + block(15, Array("RUN".utf8)),
                named("bdSeq", alias: 5, type: 8) + [11 << 3, 1],
            ])
        let device = sparkplugMessage(
            seq: 1, [named("T", alias: 1, type: 9) + [12 << 3 | 5, 0, 0, 160, 63]])
        let data = sparkplugMessage(seq: 1, [[2 << 3, 1, 13 << 3 | 1] + fixed(21), [2 << 3, 9]])
        let odd = sparkplugMessage(
            seq: 300,
            [
                named("d", alias: 1, type: 16) + block(17, [0x0a, 1, 0x41]),
                named("d", alias: 1, type: 10) + [13 << 3 | 1] + fixed(.nan),
                named("n", alias: 7, type: 3) + [7 << 3, 1], [],
            ])
        let group: [UInt8] = [0x33, 0x3b, 0x08, 1, 0x3c, 0x34]
        let compressed = block(4, Array("SPBV1.0_COMPRESSED".utf8)) + [42, 0]
        let death = sparkplugMessage(seq: nil, [named("bdSeq", alias: 0, type: 8) + [11 << 3, 0]])
        return [
            sparkplugSeed("session", [(0, birth), (3, device), (1, data), (4, data), (2, death)]),
            sparkplugSeed("no-birth", [(1, data), (3, device), (4, data), (5, device)]),
            sparkplugSeed("odd", [(0, odd), (1, odd), (6, odd + group)]),
            sparkplugSeed("compressed", [(0, compressed)]),
            sparkplugSeed("groups", [(0, [UInt8](repeating: 0x33, count: 40))]),
            sparkplugSeed("snapshot", [(9, sparkplugSnapshot(birth, device)), (4, data)]),
        ]
    }

    private static func sparkplugSeed(
        _ name: String, _ messages: [(topic: UInt8, payload: [UInt8])]
    ) -> FuzzSeed {
        var output = FuzzOutput()
        for message in messages {
            output.byte(message.topic)
            output.long(message.payload)
        }
        return FuzzSeed(name, output.bytes)
    }

    private static func sparkplugSnapshot(_ birth: [UInt8], _ device: [UInt8]) -> [UInt8] {
        var state = SparkplugState()
        for (topic, payload) in [("NBIRTH/n", birth), ("DBIRTH/n/d", device)] {
            let topic = Array("spBv1.0/g/\(topic)".utf8)
            _ = try? state.decode(topic: topic.span, payload: payload.span)
        }
        var writer = ByteWriter()
        state.encode(into: &writer)
        return writer.bytes
    }

    private static func sparkplugMessage(seq: UInt64?, _ metrics: [[UInt8]]) -> [UInt8] {
        [8] + varint(1_700_000_000_000) + metrics.flatMap { block(2, $0) }
            + (seq.map { [24] + varint($0) } ?? [])
    }

    private static func named(_ name: String, alias: UInt64, type: UInt8) -> [UInt8] {
        block(1, Array(name.utf8)) + [16] + varint(alias) + [32, type]
    }

    private static var properties: [UInt8] {
        let keys = block(1, Array("engUnit".utf8)) + block(1, Array("Quality".utf8))
        return block(9, keys + block(2, block(8, Array("Cel".utf8))) + block(2, [24, 244, 3]))
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(value)
        return writer.bytes
    }

    private static func fixed(_ value: Double) -> [UInt8] {
        var writer = ByteWriter()
        writer.double(value)
        return writer.bytes
    }

    private static func block(_ field: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        varint(UInt64(field) << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }
}
