/// `c0 + c1 x + c2 x^2 + ...`
package struct CalibrationPolynomial: Hashable, Sendable {
    /// As many as NIST's inverse functions of thermocouples have.
    package static let maximumCoefficients = 10

    private let coefficients: [Double]
    let extraPlaces: UInt8

    /// - Parameter coefficients: 1 to 10, that of `x^0` first.
    package init(_ coefficients: [Number]) throws(Calibration.Malformed) {
        guard (1...Self.maximumCoefficients).contains(coefficients.count) else {
            throw .coefficients(coefficients.count)
        }
        self.coefficients = coefficients.map(\.double)
        if let large = self.coefficients.firstIndex(where: { $0.magnitude > Number.largest }) {
            throw .tooLarge(large + 1)
        }
        // How steep it is near zero; curves of sensors are straight by and large.
        let leading = self.coefficients.dropFirst().first { $0 != 0 }
        extraPlaces = Calibration.extraPlaces(steepness: leading?.magnitude ?? 1)
    }

    /// By Horner's rule; not finite where it overflows.
    func value(at x: Double) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
}
