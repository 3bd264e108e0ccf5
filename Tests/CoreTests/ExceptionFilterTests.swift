import Core
import Simulator
import Testing

@Suite struct ExceptionFilterTests {
    private func plan(
        _ method: ExceptionPlan.Method, _ deviation: Number,
        maximumInterval: Microseconds = 1_000_000_000, silence: Microseconds = 1_000_000_000
    ) throws -> ExceptionPlan {
        try ExceptionPlan(
            method, deviation: deviation, maximumInterval: maximumInterval, silence: silence)
    }

    private func tenths(_ value: Int64) -> Number { .decimal(mantissa: value, scale: 1) }

    /// OPC UA Part 8, 7.2, with the EURange of its example, -200 to 1400: 1 % are 16.
    @Test func aPercentDeadband() throws {
        let deviation = try ExceptionPlan.deviation(
            percent: Number(1), low: Number(-200), high: Number(1_400))
        #expect(deviation.normalized == Number(16))
        var trace = Trace(try plan(.deadband, deviation))
        for (second, value) in [1_000, 1_160, 1_161, 1_001, 1_000, 1_001].enumerated() {
            trace.take(Int64(second), tenths(Int64(value)))
        }
        // Only what is more than 16 from the last one: 116 is not, 116.1 is.
        #expect(trace.samples.map(\.number.description) == ["100", "116.1", "100"])
        trace.flush()
        #expect(trace.samples.map(\.time.microseconds) == [0, 2, 4, 5])
    }

    /// By decimals: 20.3 is 0.1 from 20.2, which doubles deny.
    @Test(arguments: ExceptionPlan.Method.allCases)
    func theBoundItselfIsWithin(method: ExceptionPlan.Method) throws {
        var trace = Trace(try plan(method, tenths(1)))
        for (second, value) in [202, 203, 202, 203, 203, 202, 203, 202].enumerated() {
            trace.take(Int64(second), tenths(Int64(value)))
        }
        #expect(trace.samples.count == 1)
        trace.flush()
        #expect(trace.samples.count == 2)
        #expect(trace.fault == nil)
    }

    @Test func theDoorSwings() throws {
        var trace = Trace(try plan(.swingingDoor, tenths(2)))
        for (second, value) in [0, 10, 21, 29, 0].enumerated() {
            trace.take(Int64(second), tenths(Int64(value)))
        }
        // Up to 2.9 one line does; the line to 0 would miss it.
        #expect(trace.samples.map(\.number.description) == ["0", "2.9"])
        trace.flush()
        #expect(trace.samples.map(\.number.description) == ["0", "2.9", "0"])
        let once = trace.samples.count
        trace.flush()
        #expect(trace.samples.count == once)
    }

    /// Bristol's own door is still open at the last reading: a corridor of twice the deviation
    /// holds all four. But the line that ends at it misses the second by more than one.
    @Test func onlyAReadingEndsALine() throws {
        var trace = Trace(try plan(.swingingDoor, Number(1)))
        for (second, value) in [0, 2, 3, 2].enumerated() {
            trace.take(Int64(second), Number(value))
        }
        trace.flush()
        #expect(trace.samples.map(\.time.microseconds) == [0, 2, 3])
        #expect(trace.fault == nil)
    }

    @Test func aSampleAtLeastSoOften() throws {
        for method in ExceptionPlan.Method.allCases {
            var trace = Trace(try plan(method, Number(1), maximumInterval: 10))
            for second in 0..<35 { trace.take(Int64(second), Number(7)) }
            #expect(trace.samples.map(\.time.microseconds) == [0, 10, 20, 30])
        }
    }

    @Test func qualityIsAlwaysReported() throws {
        let bad = Quality(.bad, .outOfRange)
        for method in ExceptionPlan.Method.allCases {
            var trace = Trace(try plan(method, Number(1)))
            for second in 0..<9 {
                trace.take(Int64(second), Number(7), 3...5 ~= second ? bad : .good)
            }
            let isDoor = method == .swingingDoor
            #expect(
                trace.samples.map(\.time.microseconds) == (isDoor ? [0, 2, 3, 5, 6] : [0, 3, 6]))
            trace.flush()
            #expect(trace.fault == nil)
        }
    }

    @Test func silenceEndsALine() throws {
        for method in ExceptionPlan.Method.allCases {
            var trace = Trace(try plan(method, Number(1), silence: 10))
            for second in [0, 3, 6, 16, 27] { trace.take(Int64(second), Number(7)) }
            #expect(trace.samples.map(\.time.microseconds) == [0, 16, 27])
        }
    }

    @Test func silenceIsNoticedByArrival() throws {
        let plan = try plan(.swingingDoor, Number(1), silence: 10)
        func at(_ microseconds: Int64) -> Timestamp { Timestamp(microseconds: microseconds) }
        var filter = ExceptionFilter()
        var samples: [Int64] = []
        for second: Int64 in [500, 505] {
            let reading = Reading(time: at(second), number: Number(7))
            filter.take(reading, arrival: at(second + 100), plan: plan) {
                samples.append($0.time.microseconds)
            }
        }
        #expect(!filter.isDue(now: at(614), waitingSince: at(0), plan: plan))
        #expect(filter.isDue(now: at(615), waitingSince: at(0), plan: plan))
        #expect(!filter.isDue(now: at(615), waitingSince: at(610), plan: plan))
        // The clock was set back.
        #expect(!filter.isDue(now: at(300), waitingSince: at(295), plan: plan))
        #expect(filter.isDue(now: at(305), waitingSince: at(295), plan: plan))
        filter.tick(now: at(615), waitingSince: at(0), plan: plan) {
            samples.append($0.time.microseconds)
        }
        #expect(samples == [500, 505])
        #expect(!filter.isDue(now: at(900), waitingSince: at(0), plan: plan))
    }

    /// What was left out around it was measured against the line, so it cannot be drawn.
    @Test func anOlderReadingOffTheLineStandsAlone() throws {
        for method in ExceptionPlan.Method.allCases {
            var trace = Trace(try plan(method, Number(1)))
            for second in [0, 10, 20] { trace.take(Int64(second), Number(5)) }
            trace.take(15, Number(6))
            trace.take(15, Number(90))
            trace.take(20, Number(90))
            #expect(trace.samples.map(\.quality.reasons) == [[], .late, .late])
            #expect(trace.samples.dropFirst().allSatisfy { $0.quality.level == .good })
            trace.take(30, Number(5))
            trace.flush()
            #expect(trace.drawn.map(\.time.microseconds) == [0, 30])
            #expect(trace.fault == nil)
            // What was late before it came here is no part of the line either.
            trace.take(40, Number(90), Quality(.good, .late))
            #expect(trace.samples.last?.number == Number(90))
            #expect(trace.drawn.count == 2)
        }
    }

    @Test func mistakesAreNamed() {
        #expect(throws: ExceptionPlan.Malformed.deviation) { try plan(.deadband, Number(-1)) }
        #expect(throws: ExceptionPlan.Malformed.span("max_interval")) {
            try plan(.deadband, Number(1), maximumInterval: 0)
        }
        #expect(throws: ExceptionPlan.Malformed.span("silence")) {
            try plan(.deadband, Number(1), silence: 0)
        }
        #expect(throws: ExceptionPlan.Malformed.percent) {
            try ExceptionPlan.deviation(percent: Number(101), low: .zero, high: Number(1))
        }
        #expect(throws: ExceptionPlan.Malformed.range) {
            try ExceptionPlan.deviation(percent: Number(1), low: .zero, high: .zero)
        }
    }

    @Test func refusesSenselessState() {
        var trace = ExceptionFilter()
        guard let plan = try? plan(.swingingDoor, Number(1)) else { return }
        for second: Int64 in 1...3 {
            let time = Timestamp(microseconds: second)
            trace.take(Reading(time: time, number: Number(5)), arrival: time, plan: plan) { _ in }
        }
        var writer = ByteWriter()
        trace.encode(into: &writer)
        for count in 0..<writer.bytes.count {
            var reader = ByteReader(writer.bytes[..<count])
            #expect(throws: FormatError.self) { try ExceptionFilter(from: &reader) }
        }
        // Of any changed byte either a state comes, which goes on, or an error.
        for place in writer.bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = writer.bytes
                bytes[place] = byte
                var reader = ByteReader(bytes)
                guard var filter = try? ExceptionFilter(from: &reader) else { continue }
                for (second, value) in [(4, 1e60), (2, -1e60), (5, 0), (5, 5)] {
                    let time = Timestamp(microseconds: Int64(second))
                    let reading = Reading(time: time, number: .binary(value))
                    filter.take(reading, arrival: time, plan: plan) { _ in }
                }
            }
        }
    }
}
