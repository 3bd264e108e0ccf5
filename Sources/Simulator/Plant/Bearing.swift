/// The pump's bearing: friction heats it, the hall's air cools it.
struct Bearing: Hashable, Sendable {
    /// Degrees Celsius.
    private(set) var temperature = 48.0
    private var hall = 21.5

    mutating func step(_ seconds: Double, pump: Pump, _ random: inout SplitMix) {
        hall = Lag(time: 600).step(hall, towards: 21.5 + 4 * random.noise(), seconds)
        let friction = pump.speed / 1_500 * (12 + 34 * pump.load)
        temperature = Lag(time: 45).step(temperature, towards: hall + friction, seconds)
    }

    /// Root mean square of the vibration velocity, mm/s: a worn bearing runs rougher hot.
    func vibration(pump: Pump, _ random: inout SplitMix) -> Double {
        let rough = 0.9 + 1.4 * pump.load * pump.load + 0.012 * (temperature - 40)
        return max(0.05, rough + 0.08 * random.noise())
    }
}
