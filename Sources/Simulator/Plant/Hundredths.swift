/// A value as a transmitter with two decimals gives it.
package struct Hundredths: Hashable, Sendable, CustomStringConvertible {
    package let count: Int

    package init(rounding value: Double) { count = Int((value * 100).rounded()) }

    package var description: String {
        let magnitude = count.magnitude
        let cents = magnitude % 100
        return "\(count < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
