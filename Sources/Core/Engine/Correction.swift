/// What makes of the number that a sensor sends the value of its quantity, in its unit.
struct Correction: Hashable, Sendable {
    private let conversion: Calibration
    private let calibration: Calibration

    /// `nil` where the number is the value.
    init?(conversion: Calibration?, calibration: Calibration?) {
        self.conversion = conversion ?? .identity
        self.calibration = calibration ?? .identity
        if self.conversion == .identity, self.calibration == .identity { return nil }
    }

    /// `nil` where there is no such value.
    func apply(_ number: Number) -> Number? {
        conversion.apply(number).flatMap(calibration.apply)
    }
}
