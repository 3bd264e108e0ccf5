internal import Simulator
internal import Testing

struct TimeTextTests {
    @Test(arguments: [
        ("1970-01-01 00:00:00", 0),
        ("2020-02-08 13:30:47", 1_581_168_647_000),
        ("2020-02-08T13:30:47Z", 1_581_168_647_000),
        ("2020/02/08 13:30:47.25", 1_581_168_647_250),
        ("2020-02-08 13:30:47.1239", 1_581_168_647_123),
        ("2020-02-08 13:30:47+01:00", 1_581_165_047_000),
        ("2020-02-08 13:30:47-0130", 1_581_174_047_000),
        ("2020-02-08 13:30", 1_581_168_600_000),
        ("2020-02-29", 1_582_934_400_000),
        ("8/1/2019 7:11", 1_564_643_460_000),
        ("08/01/2019", 1_564_617_600_000),
        ("12/31/2019 12:00:30 AM", 1_577_750_430_000),
        ("12/31/2019 1:05PM", 1_577_797_500_000),
        ("1581168647", 1_581_168_647_000),
        ("1581168647250", 1_581_168_647_250),
    ])
    func reads(text: String, milliseconds: Int64) {
        #expect(TimeText.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "yesterday", "2019-02-29", "2020-13-01", "2020-02-08 24:00:00", "2020-02/08",
        "2020-02-08 13:30:47 CET", "2020-02-08 13:30:47.",
        "13/1/2019 7:11", "2/29/2019 7:11", "8/1/19 7:11", "8/1/2019 13:11 PM", "8/1/2019 7",
    ])
    func refuses(text: String) {
        #expect(TimeText.milliseconds(text) == nil)
    }

    @Test(arguments: [
        ("2020-02-08 13:30:47", "-05:00", 1_581_186_647_000),
        ("2020-02-08", "+0100", 1_581_116_400_000),
        // What names its zone, or counts seconds, keeps to it.
        ("2020-02-08 13:30:47Z", "-05:00", 1_581_168_647_000),
        ("1581168647", "-05:00", 1_581_168_647_000),
    ])
    func aZoneForTimesWithoutOne(text: String, zone: String, milliseconds: Int64) throws {
        let zone = try #require(ZoneOffset(zone))
        #expect(TimeText.milliseconds(text, zone: zone) == milliseconds)
    }

    @Test(arguments: ["", "5", "05:00", "+24:00", "+01:60", "+1", "Europe/Zurich", "+01:00 "])
    func noZones(text: String) {
        #expect(ZoneOffset(text) == nil)
    }
}
