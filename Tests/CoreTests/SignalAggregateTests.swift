import Testing

@testable import Core

/// Against the example data of OPC UA Part 13 (Annex A, "Historian 2" and its like) and what
/// the node-opcua project computes of them.
@Suite struct SignalAggregateTests {
    private static let start: Int64 = 1_700_000_000
    /// Seconds, value, whether it is bad. Uncertain values are treated as bad there.
    private static let historian2: [(Int64, String, Quality)] = [
        (2, "10", .good), (25, "20", .good), (28, "25", .good), (39, "30", .good),
        (42, "0", Quality(.bad, .device)), (48, "40", .good), (52, "50", .good),
        (72, "60", .good), (77, "70", Quality(.uncertain, .device)), (83, "70", .good),
        (86, "80", .good), (90, "90", .good), (200, "90", .good),
    ]

    private func windows(
        _ aggregates: [Aggregate], size: Int64 = 16, stepped: Bool = true,
        _ data: [(Int64, String, Quality)] = historian2, rollover: Double? = nil
    ) -> [Int64: [String]] {
        let plan = WindowPlan(
            .tumbling(size: size * 1_000_000), aggregates: aggregates, idle: 1_000_000_000,
            offset: Self.start % size * 1_000_000, isUncertainBad: true, rollover: rollover)
        var windows = SeriesWindowsHarness(plan)
        for (second, text, quality) in data {
            windows.take(
                Reading(
                    time: Timestamp(microseconds: (Self.start + second) * 1_000_000),
                    number: Number(parsing: Array(text.utf8).span)!, quality: quality))
        }
        return Dictionary(
            uniqueKeysWithValues: windows.drafts.map { draft in
                (
                    draft.start.microseconds / 1_000_000 - Self.start,
                    draft.values.map { $0?.description ?? "nil" }
                )
            })
    }

    @Test func countsAndBoundsLeaveBadValuesOut() {
        let found = windows([.count, .min, .max, .countBad])
        #expect(found[0] == ["1", "10", "10", "0"])
        #expect(found[16] == ["2", "20", "25", "0"])
        #expect(found[32] == ["1", "30", "30", "1"])
        #expect(found[48] == ["2", "40", "50", "0"])
        #expect(found[64] == ["1", "60", "60", "1"])
        #expect(found[80] == ["3", "70", "90", "0"])
    }

    @Test func averages() {
        let found = windows([.mean], size: 5).mapValues { $0[2] }
        let expected: [Int64: String] = [
            0: "10.0", 25: "22.5", 35: "30.0", 40: "nil", 45: "40.0", 50: "50.0", 70: "60.0",
            75: "nil", 80: "70.0", 85: "80.0", 90: "90.0",
        ]
        #expect(found == expected)
    }

    /// The first window of the standard's example begins with a point of no data, 2 s of bad;
    /// here nothing is known of these two seconds, neither good nor bad.
    @Test func durationsByQuality() {
        let found = windows([.durationGood, .durationBad, .percentGood, .percentBad])
        #expect(found[0] == ["14", "0", "87.5", "0"])
        #expect(found[16] == ["16", "0", "100", "0"])
        #expect(found[32] == ["10", "6", "62.5", "37.5"])
        #expect(found[48] == ["16", "0", "100", "0"])
        #expect(found[64] == ["13", "3", "81.25", "18.75"])
        // The uncertain value at 77 holds until 83.
        #expect(found[80]?[1] == "3")
    }

    @Test func boundsLieOnTheLineBetweenReadings() {
        let found = windows([.startBound, .endBound])
        // Between 10 at 2 s and 20 at 25 s.
        #expect(found[0] == ["nil", "16.09"])
        #expect(found[16] == ["16.09", "26.82"])
        // Behind a bad value nobody knows.
        #expect(found[32] == ["26.82", "nil"])
        #expect(found[48] == ["40", "56"])
    }

    @Test func timeAveragesAndIntegrals() {
        let line: [(Int64, String, Quality)] = [
            (0, "0", .good), (10, "10", .good), (20, "20", .good), (30, "0", .good),
            (40, "0", .good),
        ]
        let found = windows(
            [.timeAverage, .timeAverageStepped, .integral, .integralStepped], size: 20, line)
        #expect(found[0] == ["10", "5", "200", "100"])
        #expect(found[20] == ["5", "10", "100", "200"])
    }

    @Test func countersWithResetsAndRollovers() {
        let counter: [(Int64, String, Quality)] = [
            (0, "65500", .good), (5, "65530", .good), (10, "14", .good), (20, "20", .good),
            (25, "3", .good), (30, "5", .good), (40, "5", .good),
        ]
        let rolling = windows([.increase, .rate], size: 20, counter, rollover: 65_536)
        // 30, then 20 over the end.
        #expect(rolling[0] == ["50", "5"])
        // 6 from the window before, then a reset to 3 and 2 more.
        #expect(rolling[20] == ["11", "0.55"])
        let plain = windows([.increase], size: 20, counter)
        #expect(plain[0] == ["44"])
    }

    @Test func statesAndTransitions() {
        let states: [(Int64, String, Quality)] = [
            (0, "0", .good), (5, "1", .good), (9, "1", .good), (15, "0", .good), (22, "1", .good),
            (40, "1", .good),
        ]
        let found = windows(
            [.durationInState(0), .durationInState(1), .transitions, .distinct], size: 20, states)
        #expect(found[0] == ["10", "10", "2", "2"])
        #expect(found[20] == ["2", "18", "1", "1"])
    }

    @Test func theWorstQualityCountsTheBoundToo() {
        let found = windows([.worstQuality])
        #expect(found[32] == ["2"])
        #expect(found[48] == ["0"])
        // The uncertain value before it holds at its start.
        #expect(found[80] == ["1"])
    }
}
