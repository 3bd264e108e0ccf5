/// A centrifugal pump of 42 m3/h on a two-pole-pair motor at 50 Hz.
///
/// Textbook shapes: slip grows with load, the head falls with the square of the flow, the
/// current rises with the load from that of an idling motor.
struct Pump: Hashable, Sendable {
    /// What the process asks for, 0 to 1; moves from one operating point to the next.
    private(set) var load = 0.6
    private var operatingPoint = 0.6
    private var untilNextPoint = 10.0
    /// Revolutions per minute.
    private(set) var speed = 1_485.0

    /// m3/h
    var flow: Double { 42 * load * speed / 1_500 }
    /// bar
    var pressure: Double { (6.2 - 3.1 * load * load) * speed * speed / 2_250_000 }
    /// A
    var current: Double { 4.2 + 11.3 * load }

    /// - Parameter seconds: since the last step.
    mutating func step(_ seconds: Double, _ random: inout SplitMix) {
        untilNextPoint -= seconds
        if untilNextPoint <= 0 {
            operatingPoint = random.between(0.35...0.95)
            untilNextPoint = random.between(8...30)
        }
        load = Lag(time: 4).step(load, towards: operatingPoint, seconds)
        speed = Lag(time: 1.5).step(speed, towards: 1_500 - 25 * load, seconds)
    }
}
