/// `value * gain + offset`: exact while it fits a decimal.
package struct Calibration: Hashable, Sendable {
    package var gain: Number
    package var offset: Number

    package static let identity = Calibration(gain: Number(1), offset: .zero)

    package init(gain: Number, offset: Number) {
        self.gain = gain.normalized
        self.offset = offset.normalized
    }

    func apply(_ number: Number) -> Number {
        self == .identity ? number : number * gain + offset
    }
}
