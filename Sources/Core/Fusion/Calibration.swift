/// `value * gain + offset`: exact while it fits a decimal.
package struct Calibration: Hashable, Sendable {
    package var gain: Number
    package var offset: Number

    package static let identity = Calibration(gain: Number(1), offset: .zero)

    package init(gain: Number, offset: Number) {
        self.gain = gain.normalized
        self.offset = offset.normalized
    }

    /// `nil` where the result is larger than any measured value.
    func apply(_ number: Number) -> Number? {
        guard self != .identity else { return number }
        let calibrated = number * gain + offset
        return calibrated.double.magnitude <= Number.largest ? calibrated : nil
    }
}
