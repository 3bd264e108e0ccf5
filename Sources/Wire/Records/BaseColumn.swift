internal import Core

/// A column of a table, for later ones to be relative to.
struct BaseColumn {
    let values: [Number?]
    /// The largest of its numbers, at which a reader has all of them, also where a later column
    /// takes but some.
    let scale: UInt8

    init(_ values: [Number?]) {
        self.init(values, scale: values.lazy.compactMap { $0?.scale }.max() ?? 0)
    }

    private init(_ values: [Number?], scale: UInt8) {
        (self.values, self.scale) = (values, scale)
    }

    func gathered(by presence: Presence) -> BaseColumn {
        BaseColumn(presence.gathered(values), scale: scale)
    }
}
