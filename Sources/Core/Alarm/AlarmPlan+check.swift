extension AlarmPlan {
    /// What makes the alarm senseless: the configuration's key and what was expected; `nil` for
    /// one that can be met and can end.
    package var mistake: (key: String, expected: String)? {
        guard onDelay >= 0 else { return ("on_delay", "0 s or more") }
        guard offDelay >= 0 else { return ("off_delay", "0 s or more") }
        if let repetition, repetition < 1_000_000 { return ("repeat", "1 s or more") }
        guard deadband.isFinite, deadband >= 0 else { return ("deadband", "0 or more") }
        switch condition {
        case .above, .below: return nil
        case .rateAbove(let limit):
            guard limit.double > 0 else { return ("rate_above", "more than 0 a second") }
            guard deadband < limit.double else {
                return ("deadband", "less than 'rate_above', or the alarm can't end")
            }
        case .outside(let low, let high):
            guard low.double < high.double else { return ("outside", "'low' below 'high'") }
            guard deadband <= (high.double - low.double) / 2 else {
                return (
                    "deadband",
                    "at most half of what lies between 'low' and 'high', or the "
                        + "alarm can't end"
                )
            }
        case .equals, .notEquals, .stale, .quality:
            guard deadband == 0 else {
                return ("deadband", "none: only limits have one")
            }
            if case .stale(let span) = condition, span < 1_000_000 {
                return ("stale", "1 s or more")
            }
            if case .quality(.good) = condition { return ("quality", "uncertain or bad") }
        }
        return nil
    }
}
