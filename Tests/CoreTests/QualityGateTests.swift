import Core
import Simulator
import Testing

@Suite struct QualityGateTests {
    private static let start: Int64 = 1_420_070_400_000_000
    private static let quarter: Microseconds = 900_000_000

    private func at(_ microseconds: Int64) -> Timestamp {
        Timestamp(microseconds: Self.start + microseconds)
    }

    /// The qualities of values that come every 15 minutes.
    private func judge(_ values: [Double], _ rules: QualityRules) -> [Quality] {
        var gate = QualityGate()
        return values.enumerated().map { index, value in
            let reading = Reading(
                time: at(Int64(index) * Self.quarter), number: .binary(value))
            return gate.judge(reading, arrival: reading.time, rules: rules).quality
        }
    }

    /// ioos_qc's test of QARTOD's rate of change, and its flags: 3 is suspect. It compares
    /// each value with the one before, as does a rule that settles at once.
    @Test func ratesAsInTheOceanographersTests() throws {
        let values = [
            2, 10, 2.1, 3, 4, 5, 7, 10, 0, 2, 2.2, 2, 1, 2, 3, 90, 91, 92, 93, 1, 2, 3, 4, 5,
        ]
        let flags = [1, 3, 3, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 1]
        let rules = try QualityRules(jump: .init(rate: 5 / 900.0, settle: 1))
        let found = judge(values, rules)
        #expect(found == flags.map { $0 == 3 ? Quality(.uncertain, .jump) : .good })
        #expect(judge(values.map { -$0 }, rules) == found)
    }

    /// ioos_qc's test of QARTOD's flat line: 3 is suspect, 4 fails. Its 50 minutes are three
    /// whole steps of 15.
    @Test func flatLinesAsInTheOceanographersTests() throws {
        let values = [
            1, 2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001,
        ]
        let flags = [1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3]
        let rules = try QualityRules(stuck: .init(after: 3 * Self.quarter, tolerance: 0.01))
        let found = judge(values, rules)
        #expect(found == flags.map { $0 > 1 ? Quality(.uncertain, .stuck) : .good })
        // To the very same value none of them is stuck.
        let exact = try QualityRules(stuck: .init(after: 3 * Self.quarter))
        #expect(judge(values, exact).allSatisfy { $0 == .good })
        #expect(judge([5, 5, 5, 5, 6, 5], exact).map(\.reasons) == [[], [], [], .stuck, [], []])
    }

    @Test func rangesHaveTwoLevels() throws {
        let rules = try QualityRules(range: -200...1_400, expected: 0...80)
        #expect(
            judge([-200.1, -200, -0.1, 0, 80, 80.1, 1_400, 1_400.1], rules).map(\.level) == [
                .bad, .uncertain, .uncertain, .good, .good, .uncertain, .uncertain, .bad,
            ])
        let open = try QualityRules.bounds(of: "range", low: .zero, high: nil)
        let oneSided = try QualityRules(range: open)
        #expect(judge([-1, 0, 1e60], oneSided).map(\.level) == [.bad, .good, .good])
    }

    @Test func aSpikeGoesAndAStepSettles() throws {
        let rules = try QualityRules(jump: .init(rate: 1 / 900.0, settle: 3))
        func jumps(_ values: [Double]) -> [Bool] {
            judge(values, rules).map { $0.reasons == .jump }
        }
        #expect(jumps([20, 20, 90, 20, 21]) == [false, false, true, false, false])
        #expect(
            jumps([20, 90, 90.5, 90, 90.2, 91]) == [false, true, true, true, false, false])
        // Readings that do not agree among themselves settle nowhere.
        #expect(jumps([20, 90, 50, 90, 50, 90, 20]).dropLast().dropFirst().allSatisfy { $0 })
        #expect(jumps([20, 90, 50, 90, 50, 90, 20]).last == false)
    }

    @Test func whatADeviceSaysIsNeverImproved() throws {
        let rules = try QualityRules(
            range: 0...100, stuck: .init(after: 1), jump: .init(rate: 1_000))
        var gate = QualityGate()
        let device = Quality(.bad, .device)
        let judged = gate.judge(
            Reading(time: at(0), number: Number(50), quality: device), arrival: at(0), rules: rules)
        #expect(judged.quality == device)
        let worse = gate.judge(
            Reading(time: at(1), number: Number(500), quality: Quality(.uncertain, .device)),
            arrival: at(1), rules: rules)
        #expect(worse.quality == Quality(.bad, [.device, .outOfRange]))
        // Neither of them was the beginning of a run or of a jump.
        let next = gate.judge(
            Reading(time: at(2), number: Number(50)), arrival: at(2), rules: rules)
        #expect(next.quality == .good)
    }

    @Test func anOlderReadingChangesNothing() throws {
        let rules = try QualityRules(
            stuck: .init(after: 60_000_000), jump: .init(rate: 1, settle: 2))
        var gate = QualityGate()
        for second in 0..<10 {
            let time = at(Int64(second) * 1_000_000)
            let number = Number(20 + second % 2)
            _ = gate.judge(Reading(time: time, number: number), arrival: time, rules: rules)
        }
        var disturbed = gate
        for older in [Int64(9_000_000), 3_000_000, 8_999_999] {
            let judged = disturbed.judge(
                Reading(time: at(older), number: Number(500)), arrival: at(10_000_000),
                rules: rules)
            #expect(judged.quality == .good)
        }
        let next = Reading(time: at(10_000_000), number: Number(22))
        let judged = gate.judge(next, arrival: at(10_000_000), rules: rules)
        #expect(disturbed.judge(next, arrival: at(10_000_000), rules: rules) == judged)
        #expect(disturbed == gate)
        #expect(judged.quality == .good)
    }

    /// A device's clock goes back by an hour and stays there.
    @Test func aClockThatWasSetBackIsFollowed() throws {
        let rules = try QualityRules(jump: .init(rate: 1, settle: 2))
        var gate = QualityGate()
        _ = gate.judge(Reading(time: at(0), number: Number(20)), arrival: at(0), rules: rules)
        var qualities: [Quality] = []
        for second in 1...12 {
            let time = at(Int64(second) * 1_000_000 - 3_600_000_000)
            let number = Number(second == 11 ? 400 : 20)
            qualities.append(
                gate.judge(
                    Reading(time: time, number: number), arrival: at(Int64(second) * 1_000_000),
                    rules: rules
                ).quality)
        }
        #expect(qualities[10] == Quality(.uncertain, .jump))
        #expect(qualities.filter { $0 != .good }.count == 1)
    }

    @Test func silenceGoesByArrival() throws {
        let rules = try QualityRules(stale: 30_000_000)
        var gate = QualityGate()
        // Its own time is an hour ahead; that is no arrival.
        _ = gate.judge(
            Reading(time: at(3_600_000_000), number: Number(1)), arrival: at(0), rules: rules)
        let began = at(-100_000_000)
        #expect(
            gate.staleTime(now: at(0), waitingSince: began, rules: rules) == at(30_000_000))
        #expect(!gate.isDue(now: at(29_999_999), waitingSince: began, rules: rules))
        #expect(gate.isDue(now: at(30_000_000), waitingSince: began, rules: rules))
        // The broker came back meanwhile: it may have readings for us.
        #expect(!gate.isDue(now: at(40_000_000), waitingSince: at(20_000_000), rules: rules))
        // The clock was set back by an hour: silence counts from then.
        let back = at(-3_600_000_000)
        #expect(!gate.isDue(now: back + 29_999_999, waitingSince: back, rules: rules))
        #expect(gate.isDue(now: back + 30_000_000, waitingSince: back, rules: rules))
        let first = gate.tick(now: at(31_000_000), waitingSince: began, rules: rules)
        #expect(first && gate.isStale)
        let second = gate.tick(now: at(90_000_000), waitingSince: began, rules: rules)
        #expect(!second)
        _ = gate.judge(
            Reading(time: at(1), number: Number(1)), arrival: at(91_000_000), rules: rules)
        #expect(!gate.isStale)
    }

    @Test func mistakesAreNamed() {
        #expect(throws: QualityRules.Malformed.expectedBeyondRange) {
            try QualityRules(range: 0...10, expected: 5...11)
        }
        #expect(throws: QualityRules.Malformed.span("stale")) { try QualityRules(stale: 0) }
        #expect(throws: QualityRules.Malformed.span("stuck.after")) {
            try QualityRules(stuck: .init(after: -1))
        }
        #expect(throws: QualityRules.Malformed.tolerance) {
            try QualityRules(stuck: .init(after: 1, tolerance: .nan))
        }
        #expect(throws: QualityRules.Malformed.rate) {
            try QualityRules(jump: .init(rate: .infinity))
        }
        #expect(throws: QualityRules.Malformed.settle) {
            try QualityRules(jump: .init(rate: 1, settle: 0))
        }
        #expect(throws: QualityRules.Malformed.bounds("range")) {
            try QualityRules.bounds(of: "range", low: Number(2), high: Number(2))
        }
    }

    /// State that was written and read again goes on as if nothing had been; extreme values
    /// and a wild order break nothing, and no quality gets better.
    @Test(arguments: [UInt64(41), 42, 43])
    func stateComesBack(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let rules = try QualityRules(
            range: -1e50...1e50, expected: -50...50, stuck: .init(after: 3, tolerance: 0.5),
            jump: .init(rate: 1e7, settle: 2), stale: 10)
        var gate = QualityGate()
        #expect(MemoryLayout<QualityGate>.stride == 64)
        for step in 0..<3_000 {
            var writer = ByteWriter()
            gate.encode(into: &writer)
            var reader = ByteReader(writer.bytes)
            var copy = try QualityGate(from: &reader)
            try reader.expectEnd()
            #expect(copy == gate, "seed \(seed), step \(step)")
            let value: Double =
                switch Int.random(in: 0..<20, using: &generator) {
                case 0: 1e60
                case 1: -1e60
                case 2: 49.75
                default: Double(Int.random(in: -60...60, using: &generator))
                }
            let reading = Reading(
                time: at(Int64(step + Int.random(in: -6...2, using: &generator))),
                number: .binary(value),
                quality: Quality(Quality.Level.allCases.randomElement(using: &generator)!))
            let judged = gate.judge(reading, arrival: at(Int64(step)), rules: rules)
            #expect(copy.judge(reading, arrival: at(Int64(step)), rules: rules) == judged)
            #expect(judged.quality.level >= reading.quality.level)
            #expect((judged.time, judged.number) == (reading.time, reading.number))
            let now = at(Int64(step + Int.random(in: 0...20, using: &generator)))
            let ticked = gate.tick(now: now, waitingSince: at(-10), rules: rules)
            #expect(ticked == (now - at(Int64(step)) >= 10))
        }
    }

    @Test func refusesSenselessState() {
        var writer = ByteWriter()
        QualityGate().encode(into: &writer)
        for wrong: [UInt8] in [[], [9], [0], [0, 1], writer.bytes.dropLast() + [0x80]] {
            var reader = ByteReader(wrong)
            #expect(throws: FormatError.self) { try QualityGate(from: &reader) }
        }
        var infinite = ByteWriter()
        infinite.byte(1)
        infinite.time(.epoch)
        for byte: UInt8 in [0, 0] { infinite.byte(byte) }
        infinite.time(.epoch)
        infinite.double(.nan)
        var reader = ByteReader(infinite.bytes)
        #expect(throws: FormatError.self) { try QualityGate(from: &reader) }
    }
}
