internal import Simulator
internal import Testing

struct ReplayTests {
    private let header = ["experiment", "time", "Current", "Flow", "note"]

    private func table(
        _ topic: String = "plant/t/skab/{experiment}/{column}", columns: [String]? = nil
    ) throws -> ReplayTable {
        try ReplayTable(
            header: header,
            columns: ReplayColumns(
                time: "time", template: TopicTemplate(topic), values: columns))
    }

    @Test func aCellBecomesAMessageWithItsTextUntouched() throws {
        let row = ["valve1/0", "1970-01-01 00:00:01", "2.50", "", "a \"b\""]
        let (time, messages) = try table().messages(of: row)
        #expect(time == 1_000)
        #expect(
            messages.map(\.topic) == [
                "plant/t/skab/valve1-0/Current", "plant/t/skab/valve1-0/note",
            ])
        #expect(
            messages.map(\.payload) == [
                #"{"ts":1000,"value":2.50}"#, #"{"ts":1000,"value":"a \"b\""}"#,
            ])
        #expect(
            messages[0].truth
                == #"{"topic":"plant/t/skab/valve1-0/Current","ts":1000,"value":2.50}"#)
    }

    @Test func columnsCanBeChosen() throws {
        let row = ["v", "1", "2.5", "3", "x"]
        #expect(try table(columns: ["Flow"]).messages(of: row).messages.count == 1)
    }

    @Test func namesThatTheFileLacksAreRefused() {
        #expect(throws: SimulatorError.self) { try table(columns: ["Fluss"]) }
        #expect(throws: SimulatorError.self) { try table("a/{experment}/{column}") }
        #expect(throws: SimulatorError.self) { try table("a/{column") }
        #expect(throws: SimulatorError.self) { try table("a/#") }
    }

    @Test func aColumnThatIsThereTwiceIsRefused() throws {
        func table(_ columns: [String]?) throws -> ReplayTable {
            try ReplayTable(
                header: ["time", "a", "b", "a"],
                columns: ReplayColumns(
                    time: "time", template: TopicTemplate("x/{column}"), values: columns))
        }
        let error = #expect(throws: SimulatorError.self) { try table(nil) }
        #expect(error?.problem == "the file has column 'a' twice")
        #expect(throws: Never.self) { try table(["b"]) }
    }

    @Test func theTimeMayStandInTwoColumns() throws {
        let table = try ReplayTable(
            header: ["day", "at", "v"],
            columns: ReplayColumns(time: "day,at", template: TopicTemplate("a/{column}")))
        let (time, messages) = try table.messages(of: ["1970/01/01", "00:00:02", "1"])
        #expect(time == 2_000)
        #expect(messages.map(\.topic) == ["a/v"])
    }

    @Test(arguments: [
        "0", "-0.5", "12", "1e5", "1.5E-07", "", "-", "01", "1.", ".5", "1e", "+1", "1 ", "NaN",
    ])
    func whatIsANumberOfJSONGoesAsOne(text: String) throws {
        let expected = text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
        let message = Message(topic: "t", milliseconds: 0, text: text)
        #expect(message.payload.hasSuffix(expected ? ":\(text)}" : "\"}"))
    }

    @Test func brokenRowsAreSaid() throws {
        let error = #expect(throws: SimulatorError.self) {
            try table().messages(of: ["v", "noon", "1", "2", "3"])
        }
        #expect(error?.problem == "'noon' in column 'time' is no time")
        #expect(throws: SimulatorError.self) { try table().messages(of: ["v"]) }
    }

    @Test func paceFollowsTheFileFasterWithPausesCut() {
        var pace = ReplayPace(speed: 100, longestGap: 5_000)
        let due = [1_000, 2_000, 60_000, 59_000, 61_000].map { pace.due($0) }
        #expect(due == [0, 0.01, 0.06, 0.06, 0.08])
    }

    @Test(arguments: [
        ("localhost:18883", "localhost", 18_883), ("broker", "broker", 8_883),
        ("[::1]:1", "::1", 1),
    ])
    func addresses(text: String, host: String, port: Int) {
        let address = BrokerAddress(text)
        #expect(address?.host == host)
        #expect(address?.port == port)
    }

    @Test(arguments: ["", ":1", "a:b", "a:0", "a:65536", "[::1"])
    func noAddresses(text: String) {
        #expect(BrokerAddress(text) == nil)
    }
}
