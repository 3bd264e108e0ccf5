import Core
import Foundation
import Testing
import Trial

@Suite struct TrialOutputTests {
    private static let messages = [
        TrialScene.reading("b", "20.25", at: 1_763_932_771_000),
        TrialScene.reading("a", "20", at: 1_763_932_771_000),
        TrialScene.message("plant/a/temperature", "{\n", at: 1_763_932_772_000),
        TrialScene.message("plant/a/temperature", "{\n", at: 1_763_932_772_000),
        TrialScene.message("plant/a/speed", "3", at: 1_763_932_773_000),
        TrialScene.message("plant/a/temperature", "3", at: 1_763_932_773_000, isRetained: true),
    ]

    private func table() throws -> String {
        var run = TrialRun(plan: try TrialScene.plan(withFusion: false))
        var table = TrialTable()
        var recording = MessageList(Self.messages)
        try run.run(over: &recording) { table.add($0, $1) }
        var text = ""
        table.write { text += $0 }
        return text + "\n" + run.figures.text
    }

    @Test func theTable() throws {
        #expect(
            try table() == """
                TIME                  FOR  SERIES                 VALUES
                2025-11-23T21:19:30Z  10s  temperature{device=b}  count=1  sum=20.25  max=20.25
                2025-11-23T21:19:30Z  10s  temperature{device=a}  count=1  sum=20     max=20

                GAP          SUBJECT              COUNT  WHY
                undecodable  plant/a/temperature  2      not JSON: expected a name at byte 2; \
                see the dead letters
                DEAD LETTER          REASON                               COUNT  THE FIRST PAYLOAD
                plant/a/temperature  not JSON: expected a name at byte 2  2      {\u{20}

                messages 6, readings 2, windows 2, samples 0, events 0, gaps 1, dead letters 2, \
                publications 0
                SOURCE       MESSAGES  TOPICS  SERIES  WINDOWS  SAMPLES
                temperature  4         2       2       2        0
                no stream's 'topic' matches 1 messages, which the gateway would not get: \
                plant/a/speed (1)
                left out 1 retained messages, as the gateway does

                """)
    }

    @Test func linesAreObjects() throws {
        var run = TrialRun(plan: try TrialScene.plan())
        var lines = TrialLines()
        var recording = MessageList(Self.messages)
        var text: [UInt8] = []
        try run.run(over: &recording) { text += lines.lines($0, $1) }
        let objects = try text.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
        let kinds = objects.compactMap { $0["kind"] as? String }
        // Two of sensors, seven of the fusion with its provenance.
        #expect(kinds.filter { $0 == "window" }.count == 9)
        #expect(kinds.filter { $0 == "dead_letter" }.count == 2)
        #expect(kinds.filter { $0 == "gap" }.count == 1)
        let letter = try #require(objects.first { $0["kind"] as? String == "dead_letter" })
        #expect(letter["topic"] as? String == "plant/a/temperature")
        #expect(letter["payload"] as? String == "{\n")
        let fused = try #require(
            objects.first { $0["stream"] as? String == "bearing" && $0["kind"] != nil })
        #expect(fused["field"] as? String == "bearing" && fused["count"] as? Int == 1)
    }
}
