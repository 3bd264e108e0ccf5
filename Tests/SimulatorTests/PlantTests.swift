internal import Simulator
internal import Testing

struct PlantTests {
    /// Five minutes at five readings a second, by sensor.
    private func history(seed: UInt64) -> [Sensor: [Int]] {
        var plant = Plant(seed: seed)
        var history: [Sensor: [Int]] = [:]
        for _ in 0..<1_500 {
            for (sensor, value) in plant.readings() {
                history[sensor, default: []].append(value.count)
            }
            plant.step(0.2)
        }
        return history
    }

    @Test func theSeedDecides() {
        #expect(history(seed: 7) == history(seed: 7))
        #expect(history(seed: 7) != history(seed: 8))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func tc2DriftsAway(seed: UInt64) throws {
        let history = history(seed: seed)
        let differences = zip(
            try #require(history[.thermocouple2]), try #require(history[.thermocouple1])
        ).map { $0 - $1 }
        let (before, after) = (differences.prefix(100), differences.suffix(100))
        #expect((before.reduce(0, +) / 100) < 100)
        #expect((after.reduce(0, +) / 100) > 400)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func onlyTc3Sticks(seed: UInt64) throws {
        let history = history(seed: seed)
        #expect(longestRun(try #require(history[.thermocouple3])) >= 10)
        #expect(longestRun(try #require(history[.thermocouple1])) < 6)
    }

    @Test func valuesStayWithinThePlantsPhysics() throws {
        let ranges: [Sensor: ClosedRange<Int>] = [
            .thermocouple1: 2_000...8_000, .pumpSpeed: 146_000...150_500,
            .motorCurrent: 400...1_600, .flow: 1_000...4_300, .pressure: 300...620,
            .vibration: 5...500,
        ]
        let history = history(seed: 1)
        for (sensor, range) in ranges {
            for value in try #require(history[sensor]) { #expect(range.contains(value)) }
        }
    }

    @Test(arguments: [(-0.05, "-0.05"), (0, "0.00"), (12.345, "12.35"), (-3.999, "-4.00")])
    func twoDecimals(value: Double, text: String) {
        #expect(Hundredths(rounding: value).description == text)
    }

    private func longestRun(_ values: [Int]) -> Int {
        var (longest, current) = (0, 0)
        for (value, next) in zip(values, values.dropFirst()) {
            current = value == next ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
