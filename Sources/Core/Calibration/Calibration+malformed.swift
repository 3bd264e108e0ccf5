extension Calibration {
    /// Why points or coefficients make no curve.
    package enum Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        case points(Int)
        /// Counted from 1.
        case notIncreasing(point: Int)
        /// Counted from 1.
        case tooSteep(point: Int)
        case coefficients(Int)
        /// Point or coefficient, counted from 1.
        case tooLarge(Int)

        package var description: String {
            switch self {
            case .points(let count):
                "\(count) points; a table has 2 to \(CalibrationTable.maximumPoints)"
            case .notIncreasing(let point):
                "the x of point \(point) is not above that of the point before it; list the "
                    + "points by increasing x, each x once"
            case .tooSteep(let point):
                "point \(point) is too near to the point before it; leave one of them out"
            case .coefficients(let count):
                "\(count) coefficients; a polynomial has 1 to "
                    + "\(CalibrationPolynomial.maximumCoefficients), the constant first"
            case .tooLarge(let place):
                "number \(place) of the list is beyond 10^60, larger than any measured value"
            }
        }
    }
}
