extension FusionPlan.Voting {
    /// How many votes it takes of the `good` inputs that are left of `inputs`; 0 or less trips.
    func needed(good: Int, inputs: Int) -> Int {
        switch degradation {
        case .safe: needed - (inputs - good)
        case .available: min(needed, good)
        }
    }

    /// - Parameter before: the input's vote until now.
    func vote(_ value: Double, before: Bool) -> Bool {
        switch test {
        case .state: value != 0
        case .above(let limit, let hysteresis):
            before ? value > limit - hysteresis : value > limit
        case .below(let limit, let hysteresis):
            before ? value < limit + hysteresis : value < limit
        }
    }
}
