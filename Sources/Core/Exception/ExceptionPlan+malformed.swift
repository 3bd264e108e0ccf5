extension ExceptionPlan {
    package enum Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        case deviation
        /// The setting's name.
        case span(String)
        case percent
        case range

        package var description: String {
            switch self {
            case .deviation: "'deviation' is to be 0 to 10^60, in the unit of the values"
            case .span(let name): "'\(name)' is to be above zero"
            case .percent: "a deviation in percent is to be 0 to 100"
            case .range: "a deviation in percent needs a range with a low end below its high end"
            }
        }
    }
}
