/// What a fusion has to say.
package enum FusionOutcome: Hashable, Sendable {
    case value(FusedValue)
    /// Too few inputs for a value.
    case belowQuorum(at: Timestamp, provenance: [InputShare])
    /// The formula has no value for its inputs.
    case undefined(at: Timestamp)
    /// A sensor wants attention, or no longer.
    case maintenance(MaintenanceNotice)
    /// Readings waited for a point of the grid until there was no room for them: the oldest
    /// one of this input, of this time, is gone.
    case overflow(input: Int, at: Timestamp)
}

/// An input whose sensor wants attention, once when it begins and once when it is over.
package struct MaintenanceNotice: Hashable, Sendable {
    package enum Cause: UInt8, CaseIterable, Hashable, Sendable {
        case drift = 1
        case stuck = 2
    }

    package var input: Int
    package var cause: Cause
    /// Or cleared.
    package var isRaised: Bool
    /// The mean of its deviation from the others, in the unit of the values.
    package var bias: Double
    /// Of the round that showed it.
    package var time: Timestamp
}

extension MaintenanceNotice.Cause {
    package var name: String {
        switch self {
        case .drift: "drift"
        case .stuck: "stuck"
        }
    }
}
