/// What a rescue did.
package struct RescueReport: Hashable, Sendable, CustomStringConvertible {
    package let damage: Damage
    /// The name that the store's files have now, in the same directory.
    package let aside: String
    /// Records on their way again.
    package internal(set) var rescued = 0
    /// Records that can't be read.
    package internal(set) var unreadable = 0
    /// Records that stay in the file that was set aside.
    package internal(set) var left = 0
    /// Whether the windows that were open go on.
    package internal(set) var hasState = false

    init(damage: Damage, aside: String) {
        self.damage = damage
        self.aside = aside
    }

    package var description: String {
        "\(damage); all of it is kept as \(aside); a new store goes on: \(rescued) records "
            + "rescued, \(unreadable) unreadable, \(left) left there, "
            + (hasState ? "open windows go on" : "open windows begin anew")
    }
}
