extension QualityRules {
    /// Rules that no reading can be judged by.
    package enum Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// The rule's name.
        case bounds(String)
        case expectedBeyondRange
        /// The rule's name.
        case span(String)
        case tolerance
        case rate
        case settle

        package var description: String {
            switch self {
            case .bounds(let name): "the low end of '\(name)' is to be below its high end"
            case .expectedBeyondRange:
                "'expected' goes beyond 'range'; it is what usually comes of what can come"
            case .span(let name): "'\(name)' is to be above zero"
            case .tolerance: "'stuck.tolerance' is to be zero or above"
            case .rate: "'jump.rate' is to be above zero, in units a second"
            case .settle: "'jump.settle' is to be 1 to 255 readings"
            }
        }
    }
}
