/// One of three redundant thermocouples on the bearing, with the fault that it has.
struct Thermocouple: Hashable, Sendable {
    enum Fault: Hashable, Sendable {
        case none
        /// Reads higher and higher, as an ageing junction does: degrees a second, up to a limit.
        case drifts(rate: Double, limit: Double)
        /// Now and then repeats its last value for a while, as a hung transmitter does:
        /// chance a second, seconds.
        case sticks(chance: Double, time: ClosedRange<Double>)
    }

    private let fault: Fault
    /// Of its mounting, degrees.
    private let offset: Double
    private var drift = 0.0
    private var stuckFor = 0.0
    /// Degrees Celsius.
    private(set) var reading: Double

    init(offset: Double, fault: Fault, at temperature: Double) {
        self.offset = offset
        self.fault = fault
        reading = temperature + offset
    }

    var isStuck: Bool { stuckFor > 0 }

    mutating func step(_ seconds: Double, temperature: Double, _ random: inout SplitMix) {
        // Drawn always, so that one sensor's fault does not change the others' noise.
        let (noise, luck) = (0.12 * random.noise(), random.unit())
        switch fault {
        case .none: break
        case .drifts(let rate, let limit): drift = min(limit, drift + rate * seconds)
        case .sticks(let chance, let time):
            stuckFor -= seconds
            if stuckFor <= 0, luck < chance * seconds { stuckFor = random.between(time) }
        }
        if !isStuck { reading = temperature + offset + drift + noise }
    }
}
