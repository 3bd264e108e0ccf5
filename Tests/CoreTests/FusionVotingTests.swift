import Core
import Testing

@Suite struct FusionVotingTests {
    /// - Parameter votes: `nil` for a bad input.
    private func vote(
        _ needed: Int, _ votes: [Int?], _ degradation: FusionPlan.Voting.Degradation = .available
    ) -> String? {
        var harness = FuserHarness(
            FuserHarness.plan(
                .vote(.init(needed: needed, test: .state, degradation: degradation)),
                inputs: votes.count, quorum: 1))
        for (input, vote) in votes.enumerated() {
            harness.take(
                Number(vote ?? 1), input, at: 1,
                quality: vote == nil ? Quality(.bad, .device) : .good)
        }
        return harness.text.first.map { String($0.dropFirst(4)) }
    }

    /// All combinations: M out of N is 1 where at least M are 1.
    @Test(arguments: [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (2, 4), (3, 4)])
    func truthTable(needed: Int, count: Int) {
        for bits in 0..<(1 << count) {
            let votes = (0..<count).map { (bits >> $0) & 1 }
            let expected = votes.count { $0 == 1 } >= needed ? "1" : "0"
            for degradation in FusionPlan.Voting.Degradation.allCases {
                #expect(vote(needed, votes, degradation) == expected, "\(needed) of \(votes)")
            }
        }
    }

    /// 2oo3 with one bad input is 1oo2 or 2oo2; with two 1oo1, or it trips.
    @Test func degrades() {
        for (votes, safe, available) in [
            ([nil, 0, 0], "0", "0"), ([nil, 1, 0], "1", "0"), ([nil, 1, 1], "1", "1"),
            ([nil, nil, 0], "1", "0"), ([nil, nil, 1], "1", "1"),
        ] as [([Int?], String, String)] {
            #expect(vote(2, votes, .safe) == safe)
            #expect(vote(2, votes, .available) == available)
        }
        // 1oo2: trips, or 1oo1. 2oo4: 1oo3 or 2oo3.
        #expect(vote(1, [nil, 0], .safe) == "1")
        #expect(vote(1, [nil, 0], .available) == "0")
        #expect(vote(2, [nil, 1, 0, 0], .safe) == "1")
        #expect(vote(2, [nil, 1, 0, 0], .available) == "0")
        #expect(vote(2, [nil, nil, nil, nil]) == "-")
    }

    @Test func limitsHaveHysteresis() {
        var harness = FuserHarness(
            FuserHarness.plan(
                .vote(
                    .init(
                        needed: 2, test: .above(limit: 80, hysteresis: 5),
                        degradation: .safe))))
        harness.round([79, 81, 79], at: 1)
        harness.round([80, 81, 79], at: 2)
        harness.round([80.1, 81, 79], at: 3)
        harness.round([76, 75.1, 70], at: 4)
        harness.round([76, 75, 70], at: 5)
        #expect(harness.text == ["1.0 0", "2.0 0", "3.0 1", "4.0 1", "5.0 0"])
        #expect(harness.verdicts == ["outvoted", "used", "used"])
        #expect(
            harness.values.last?.reading.quality == Quality(.uncertain, .disagreement))

        harness = FuserHarness(
            FuserHarness.plan(
                .vote(
                    .init(
                        needed: 1, test: .below(limit: 10, hysteresis: 2),
                        degradation: .safe)), inputs: 1))
        for (second, value) in [10.0, 9.9, 11.9, 12].enumerated() {
            harness.round([value], at: Double(second))
        }
        #expect(harness.text == ["0.0 0", "1.0 1", "2.0 1", "3.0 0"])
    }
}
