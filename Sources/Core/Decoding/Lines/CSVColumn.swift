/// What a column of comma-separated values holds.
package struct CSVColumn: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// A number. An empty field is no value.
        case metric(unit: String?)
        /// `true` or `false` in any case, or 1 or 0.
        case flag
        /// Any text.
        case state
        case time(TimestampFormat)
        case label
    }

    /// The metric's or the label's; where there is no place, also the header's.
    package var name: String
    /// Counted from 0; `nil` for wherever the header has the name.
    package var place: Int?
    package var role: Role

    package init(_ name: String, at place: Int? = nil, _ role: Role) {
        self.name = name
        self.place = place
        self.role = role
    }
}
