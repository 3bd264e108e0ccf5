internal import Core

extension FuzzTarget {
    static var journalSeeds: [FuzzSeed] {
        let refusal = Refusal(
            packetID: 7, hash: .max, cause: .tooLarge, subject: "plant/d0/temp", detail: "why",
            time: Scene.start)
        let reading = Array(#"{"v":20.5,"t":1763932774000}"#.utf8)
        let entries: [(String, [JournalEntry])] = [
            ("empty", []), ("topic", [.topic(Scene.topics[0])]), ("tick", [.tick(Scene.start)]),
            (
                "message",
                [
                    .connected(sessionPresent: false, at: Scene.start), .topic(Scene.topics[0]),
                    .message(topic: 0, packetID: 1, arrival: Scene.start, payload: reading),
                    .message(topic: 0, packetID: 2, arrival: Scene.start + 9_000_000, payload: []),
                    .tick(Scene.start + 60_000_000),
                ]
            ),
            ("refusal", [.refusal(refusal), .known(packetID: 65_535, hash: 0)]),
            (
                "broker",
                [
                    .dropped(.max, at: Scene.start), .dropped(1, at: Scene.start),
                    .rewound(at: .epoch), .connected(sessionPresent: true, at: .latest),
                    .connected(sessionPresent: false, at: Scene.start),
                ]
            ),
            ("evicted", [.evicted(12, at: Scene.start), .tick(Scene.start + 120_000_000)]),
            ("plans", [.plan(1), .topic(Scene.topics[4]), .plan(0), .plan(-1)]),
            ("no-topic", [.message(topic: 3, packetID: 0, arrival: .epoch, payload: [0x31])]),
            ("topic-twice", [.topic([]), .topic([])]),
        ]
        // Times that nobody's clock says.
        let far = [Int64.max, .min, -1].enumerated().map { index, time in
            FuzzSeed(
                "far-\(index)",
                block(
                    times: [time], kinds: [0, 10, 3],
                    entries: { $0.raw(Scene.topics[4] + Array("1.5".utf8)) }))
        }
        return entries.map { FuzzSeed($0.0, encode($0.1)) } + far
            + [FuzzSeed("version-1", [1] + encode([.topic([0x61])]).dropFirst())]
    }

    /// A block whose columns are written by hand.
    private static func block(
        times: [Int64], kinds: [UInt64], entries: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        func column(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
            var writer = ByteWriter()
            write(&writer)
            return writer.bytes
        }
        var writer = ByteWriter()
        writer.byte(2)
        writer.block(column { column in for kind in kinds { column.varint(kind) } })
        writer.block([2])
        writer.block(column { column in for time in times + [0] { column.signed(time) } })
        writer.block(
            column { column in
                column.count(Scene.topics[4].count)
                column.count(3)
            })
        writer.block(column(entries))
        return writer.bytes
    }

    static var snapshotSeeds: [FuzzSeed] {
        func seed(_ name: String, _ parts: [SnapshotPart]) -> FuzzSeed {
            var output = FuzzOutput()
            for part in parts {
                output.byte(UInt8(bitPattern: Int8(truncatingIfNeeded: part.key)))
                output.long(part.data)
            }
            return FuzzSeed(name, output.bytes)
        }
        var engine = Engine(plan: Scene.plan)
        var effects = Effects()
        let start = seed("start", engine.snapshot())
        try! engine.restore([], series: Scene.series)
        for (index, topic) in Scene.topics.enumerated() {
            let id = engine.add(topic: topic.span)
            for value in ["20.5", "1e59", "-0.25", "300"] {
                let payload = index < 4 ? #"{"v":\#(value),"w":\#(value)}"# : value
                engine.receive(
                    topic: id, payload: Array(payload.utf8).span,
                    at: Scene.start + Int64(index) * 100_000, into: &effects)
            }
        }
        engine.brokerDropped(5, at: Scene.start)
        engine.reconfigure(Scene.plan, into: &effects)
        let parts = engine.snapshot()
        let keys = [0, 1, 2, 3].map { key in
            seed("part-\(key)", parts.filter { $0.key == key })
        }
        return [start, seed("open-windows", parts), seed("reversed", parts.reversed())] + keys
            + [seed("keys", [-2, -1, 0, 1, 2, 127].map { SnapshotPart(key: $0, data: []) })]
            + senselessSnapshots
    }

    static var engineSeeds: [FuzzSeed] {
        func seed(_ name: String, _ events: [(Int, Int16, String)]) -> FuzzSeed {
            var output = FuzzOutput()
            for (what, steps, text) in events {
                output.byte(UInt8(what))
                output.integer(UInt64(UInt16(bitPattern: steps)), bytes: 2)
                output.raw(Array(text.utf8))
            }
            return FuzzSeed(name, output.bytes)
        }
        let (tick, connection, plan) = (7, 8, 9)
        return [
            seed(
                "windows",
                [
                    (connection, 0, "\u{0}"), (0, 0, "{\"v\":20.5,\"t\":1763932774000}\n"),
                    (0, 10, "{\"v\":20.25}\n"), (4, 20, "1.5\n"), (0, 60, "{\"v\":\"7\"}\n"),
                    (tick, 400, ""),
                ]),
            seed(
                "fusions",
                [
                    (0, 0, "{\"v\":1,\"t\":1763932774000}\n"),
                    (1, 1, "{\"v\":2.5,\"t\":1763932774000}\n"),
                    (2, 1, "{\"v\":-3,\"t\":1763932774001}\n"), (0, 30, "{\"v\":9}\n"),
                    (plan, 1, "\u{1}"), (tick, 100, ""),
                ]),
            seed(
                "largest",
                [
                    (4, 0, "1e60\n"), (4, 1, "-1e60\n"), (4, 1, "9223372036854775807\n"),
                    (4, 1, "0.000000000000000001\n"), (5, 1, "4.9e-324\n"), (tick, 600, ""),
                ]),
            seed("late", [(4, 100, "1\n"), (4, -90, "2\n"), (tick, -200, ""), (tick, 900, "")]),
            seed(
                "rubbish",
                [(6, 0, "1\n"), (0, 0, "[\n"), (3, 0, "{\"w\":null}\n"), (4, 1, "NaN\n")]),
            seed("plans", [(5, 0, "3\n"), (plan, 0, "\u{1}"), (5, 0, "4\n"), (plan, 0, "\u{0}")]),
            // A column without the row that had given another its scale.
            seed(
                "scales",
                [
                    (0, 0, "{\"v\":0,\"t\":1763932774000}\n"),
                    (1, 1, "{\"v\":2.4,\"t\":1976230}\n"),
                    (2, 1, "{\"v\":-3,\"t\":1763932774000}\n"), (0, 30, "{\"v\":9}\n"),
                    (plan, 0x3701, "7"), (4, 12_336, ""),
                ]),
            seed("future", [(0, 0, "{\"v\":1,\"t\":253402300799999}\n"), (tick, 500, "")]),
        ]
    }
}
