import Core
import Simulator
import Testing
import Trial
import Zstd

@Suite struct RecordingTests {
    private static let csv = """
        Date,Time,device,temperature,note\r
        8/1/2019,7:11,a,20.50,\r
        8/1/2019,7:12 PM,b/1,21,"x
        y"\r

        """

    private func columns(
        time: String = "Date,Time", values: [String]? = ["temperature"]
    ) throws -> ReplayColumns {
        ReplayColumns(
            time: time, template: try TopicTemplate("plant/{device}/{column}"), values: values,
            zone: try #require(ZoneOffset("-05:00")))
    }

    private func read(_ recording: inout some Recording & ~Copyable) throws -> [RecordedMessage] {
        var messages: [RecordedMessage] = []
        while let message = try recording.next() { messages.append(message) }
        return messages
    }

    private func error(_ recording: inout some Recording & ~Copyable) -> String {
        do {
            _ = try read(&recording)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func aQuoteThatIsNeverClosedIsSaidWhereItBegan() throws {
        let file = try RecordingFile(
            "r.csv", "Date,Time,device,temperature\n8/1/2019,7:11,a,1\n8/1/2019,7:12,\"b,2\n\n")
        var recording = try CSVRecording(path: file.path, columns: try columns())
        #expect(try recording.next() != nil)
        #expect(
            error(&recording).hasPrefix(
                "\(file.path):3: the quote that begins here is never closed"))
    }

    @Test func aColumnThatIsThereTwiceIsSaidWithItsFile() throws {
        let file = try RecordingFile(
            "r.csv", "Date,Time,device,temperature,temperature\n8/1/2019,7:11,a,1,2\n")
        let error = #expect(throws: RecordingError.self) {
            _ = try CSVRecording(path: file.path, columns: try columns())
        }
        #expect(
            "\(try #require(error))".hasPrefix(
                "\(file.path):1: the file has column 'temperature' twice"))
    }

    @Test(arguments: [false, true])
    func cellsAreMessagesAsTheSimulatorPublishesThem(isCompressed: Bool) throws {
        let bytes = Array(Self.csv.utf8)
        let file =
            try isCompressed
            ? RecordingFile("r.csv.zst", Zstd.compress(bytes, level: 3))
            : RecordingFile("r.csv", bytes)
        var recording = try CSVRecording(path: file.path, columns: try columns())
        // 12:11 and, the next day, 00:12 in UTC.
        let first = 1_564_661_460_000 as Int64
        let second = first + 43_260_000
        #expect(
            try read(&recording) == [
                TrialScene.message(
                    "plant/a/temperature", #"{"ts":\#(first),"value":20.50}"#, at: first),
                TrialScene.message(
                    "plant/b-1/temperature", #"{"ts":\#(second),"value":21}"#, at: second),
            ])
        var firstOnly = try CSVRecording(path: file.path, columns: try columns(), rows: 1)
        #expect(try read(&firstOnly).count == 1)
    }

    @Test func aRowIsNamedByItsLine() throws {
        let file = try RecordingFile("r.csv", Self.csv + "\nnoon,7:13,a,1,\n")
        var recording = try CSVRecording(path: file.path, columns: try columns())
        // Of the row before it two, and an empty one.
        #expect(
            error(&recording).hasPrefix(
                "\(file.path):6: 'noon 7:13' in column 'Date' and 'Time' is no time; expected"))
        let short = try RecordingFile("s.csv", Self.csv + "8/1/2019,7:13\n")
        recording = try CSVRecording(path: short.path, columns: try columns())
        #expect(
            error(&recording)
                == "\(short.path):5: the row has 2 fields, the header 5; repair the row")
    }

    @Test func columnsThatTheFileLacks() throws {
        let file = try RecordingFile("r.csv", Self.csv)
        let error = #expect(throws: RecordingError.self) {
            _ = try CSVRecording(path: file.path, columns: try columns(time: "when"))
        }
        #expect(
            error?.description == "\(file.path):1: the file has no column 'when'; it has: "
                + "Date, Time, device, temperature, note")
        #expect(throws: RecordingError.self) {
            _ = try CSVRecording(path: file.path, columns: try columns(time: "Date,Time,note"))
        }
    }

    @Test(arguments: [false, true])
    func linesAreMessages(isCompressed: Bool) throws {
        let text =
            (0..<3_000).map { #"{"topic":"t","payload":"\#($0)","ts":\#($0)}"# }
            .joined(separator: "\r\n\n")
        let bytes = Array(text.utf8)
        // What is compressed shows, whatever its name.
        let file = try RecordingFile(
            "r.jsonl", isCompressed ? Zstd.compress(bytes, level: 3) : bytes)
        var recording = try LinesRecording(path: file.path)
        let messages = try read(&recording)
        #expect(messages.count == 3_000)
        #expect(messages.last == TrialScene.message("t", "2999", at: 2_999))
        recording = try LinesRecording(path: file.path, rows: 3)
        #expect(try read(&recording).count == 3)
    }

    @Test func aLineIsNamed() throws {
        let file = try RecordingFile(
            "r.jsonl", #"{"topic":"t","payload":"1","ts":1}"# + "\n\n" + #"{"topic":"t""#)
        var recording = try LinesRecording(path: file.path)
        #expect(try recording.next() != nil)
        #expect(error(&recording).hasPrefix("\(file.path):3: not JSON: expected ',' or '}'"))
    }

    @Test func aCompressedFileThatWasCutIsNotShorterInSilence() throws {
        let text = (0..<5_000).map { "{\"topic\":\"t\",\"payload\":\"\($0 &* 7_919)\",\"ts\":1}\n" }
        let whole = Zstd.compress(Array(text.joined().utf8), level: 3)
        let file = try RecordingFile("r.jsonl.zst", Array(whole.dropLast(9)))
        var recording = try LinesRecording(path: file.path)
        #expect(
            error(&recording)
                == "\(file.path): it ends within a frame; is it a whole .zst file?")
    }

    @Test func aFileThatIsNotThere() {
        #expect(throws: RecordingError.self) { _ = try LinesRecording(path: "/no/such.jsonl") }
    }

    @Test(arguments: [
        ("a.csv", RecordingFormat.csv), ("a.csv.zst", .csv), ("b/a.jsonl", .jsonl),
        ("a.ndjson.zst", .jsonl), ("a.txt", nil), ("-", nil),
    ])
    func formatsByName(path: String, format: RecordingFormat?) {
        #expect(RecordingFormat(path: path) == format)
    }
}
