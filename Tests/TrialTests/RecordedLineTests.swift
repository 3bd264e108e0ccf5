import Core
import Simulator
import Testing
import Trial

@Suite struct RecordedLineTests {
    private func read(_ line: String) throws(RecordedLine.Malformed) -> RecordedMessage {
        try RecordedLine().message(Array(line.utf8).span)
    }

    @Test(arguments: [
        #"{"topic":"a/b","payload":"21.5","ts":1763932774123}"#,
        #" {"ts":"2025-11-23T21:19:34.123Z", "payload":"\u0032\u0031.5", "topic":"a\/b"} "#,
        #"{"topic":"a/b","payload":21.5,"ts":"2025-11-23T22:19:34.123+01:00","retain":false}"#,
        #"{"topic":"a/b","payload_b64":"MjEuNQ==","ts":1763932774123,"retain":0,"more":[{}]}"#,
        // As mosquitto_sub writes it with -F %j.
        #"{"tst":"2025-11-23T22:19:34.123456+0100","topic":"a/b","qos":1,"retain":0,"#
            + #""payloadlen":4,"payload":"21.5"}"#,
    ])
    func formsOfOneMessage(line: String) throws {
        #expect(try read(line) == TrialScene.message("a/b", "21.5", at: 1_763_932_774_123))
    }

    @Test func payloadsThatAreNoText() throws {
        let line = #"{"topic":"a","payload_b64":"/wAK","ts":0}"#
        #expect(try read(line).payload == [0xff, 0, 10])
        #expect(try read(#"{"topic":"a","payload":null,"ts":0}"#).payload == [])
        #expect(
            try read(#"{"topic":"a","payload":"{\"v\":\"ü\\n\"}","ts":0}"#).payload
                == Array(#"{"v":"ü\n"}"#.utf8))
    }

    @Test(arguments: ["true", "1"])
    func retained(mark: String) throws {
        #expect(try read(#"{"topic":"a","payload":"","ts":0,"retain":\#(mark)}"#).isRetained)
    }

    @Test func aTimeWithoutAZoneIsOfTheGivenOne() throws {
        let zone = try #require(ZoneOffset("-05:00"))
        let line = #"{"topic":"a","payload":"1","ts":"1969-12-31 19:00:01"}"#
        #expect(
            try RecordedLine(zone: zone).message(Array(line.utf8).span).time
                == TrialScene.time(1_000))
    }

    @Test(arguments: [
        ("", "not JSON: expected more at byte 0"), ("[1]", "no 'topic'"),
        (#"{"payload":"1","ts":0}"#, "no 'topic'"),
        (#"{"topic":"","payload":"1","ts":0}"#, "no 'topic'"),
        (#"{"topic":"a","ts":0}"#, "no 'payload'"),
        (#"{"topic":"a","payload":{"v":1},"ts":0}"#, "'payload' is not a text"),
        (#"{"topic":"a","payload_b64":"=","ts":0}"#, "'payload_b64' is not base64"),
        (#"{"topic":"a","payload":"1"}"#, "no 'ts'"),
        (#"{"topic":"a","payload":"1","ts":"noon"}"#, "'ts' is no time"),
        (#"{"topic":"a","payload":"1","ts":-1}"#, "'ts' is no time"),
        (#"{"topic":"a","payload":"1","ts":"1969-12-31T23:59:59Z"}"#, "'ts' is no time"),
        (#"{"topic":"a","payload":"1","ts":null}"#, "'ts' is no time"),
    ])
    func whatIsNoMessage(line: String, problem: String) {
        let error = #expect(throws: RecordedLine.Malformed.self) { try read(line) }
        #expect(error?.problem.hasPrefix(problem) == true, "\(error?.problem ?? "")")
        #expect(error?.advice.isEmpty == false)
    }
}
