/// What makes of a sensor's reading the value of its quantity.
package struct Calibration: Hashable, Sendable {
    private enum Curve: Hashable, Sendable {
        case identity
        case linear(gain: Number, offset: Number)
        case table(CalibrationTable)
        case polynomial(CalibrationPolynomial)
    }

    private let curve: Curve

    package static let identity = Calibration(.identity)

    private init(_ curve: Curve) { self.curve = curve }

    /// `value * gain + offset`: exact while it fits a decimal.
    package init(gain: Number, offset: Number) {
        let (gain, offset) = (gain.normalized, offset.normalized)
        let isIdentity = gain == Number(1) && offset == .zero
        curve = isIdentity ? .identity : .linear(gain: gain, offset: offset)
    }

    /// Straight lines between the points of a sensor's certificate.
    package init(_ table: CalibrationTable) { curve = .table(table) }

    /// The sensor's curve as a polynomial, such as NIST's of a thermocouple.
    package init(_ polynomial: CalibrationPolynomial) { curve = .polynomial(polynomial) }

    /// `nil` where the result is larger than any measured value, or where a table refuses it.
    ///
    /// Of a table and a polynomial the result is rounded to two places more than the reading
    /// has, and to as many more as the curve is flat: what ten steps of the reading differ by
    /// is never lost.
    func apply(_ number: Number) -> Number? {
        let calibrated: Number?
        switch curve {
        case .identity: return number
        case .linear(let gain, let offset): calibrated = number * gain + offset
        case .table(let table):
            calibrated = table.value(at: number.double).flatMap {
                Number($0, roundedTo: number.scale + table.extraPlaces)
            }
        case .polynomial(let polynomial):
            calibrated = Number(
                polynomial.value(at: number.double),
                roundedTo: number.scale + polynomial.extraPlaces)
        }
        guard let calibrated, calibrated.double.magnitude <= Number.largest else { return nil }
        return calibrated
    }

    /// Decimal places that a result has beyond the reading's, on a curve so steep.
    static func extraPlaces(steepness: Double) -> UInt8 {
        var places: UInt8 = 2
        var rest = steepness
        while rest < 1, places < Number.maximumScale {
            rest *= 10
            places += 1
        }
        return places
    }
}
