/// A pump, its motor and its bearing, measured by seven devices.
///
/// Pure: time and chance come from outside, so the same seed and steps give the same values.
package struct Plant: Sendable {
    private var random: SplitMix
    private var pump = Pump()
    private var bearing = Bearing()
    private var thermocouples: [Thermocouple]

    package init(seed: UInt64) {
        random = SplitMix(seed: seed)
        let temperature = bearing.temperature
        thermocouples = [
            Thermocouple(offset: 0, fault: .none, at: temperature),
            Thermocouple(
                offset: 0.2, fault: .drifts(rate: 0.02, limit: 8), at: temperature),
            Thermocouple(
                offset: -0.15, fault: .sticks(chance: 0.08, time: 2...6), at: temperature),
        ]
    }

    /// Lets time pass.
    ///
    /// - Parameter seconds: since the last step.
    package mutating func step(_ seconds: Double) {
        pump.step(seconds, &random)
        bearing.step(seconds, pump: pump, &random)
        for index in thermocouples.indices {
            thermocouples[index].step(
                seconds, temperature: bearing.temperature, &random)
        }
    }

    /// What each sensor reads now, in the order of `Sensor.allCases`.
    package mutating func readings() -> [(sensor: Sensor, value: Hundredths)] {
        Sensor.allCases.map { ($0, Hundredths(rounding: value(of: $0))) }
    }

    private mutating func value(of sensor: Sensor) -> Double {
        switch sensor {
        case .thermocouple1: thermocouples[0].reading
        case .thermocouple2: thermocouples[1].reading
        case .thermocouple3: thermocouples[2].reading
        case .pumpSpeed: pump.speed + 0.8 * random.noise()
        case .motorCurrent: pump.current + 0.05 * random.noise()
        case .flow: pump.flow + 0.15 * random.noise()
        case .pressure: pump.pressure + 0.02 * random.noise()
        case .vibration: bearing.vibration(pump: pump, &random)
        }
    }
}
