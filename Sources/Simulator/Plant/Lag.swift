/// First-order lag: goes the rest of the way as a capacitor charges.
struct Lag {
    /// Seconds in which it goes about two thirds of the way.
    let time: Double

    /// The implicit step: stable however long the step is.
    func step(_ value: Double, towards target: Double, _ seconds: Double) -> Double {
        value + (target - value) * seconds / (time + seconds)
    }
}
