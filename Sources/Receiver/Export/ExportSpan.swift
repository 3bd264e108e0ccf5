package import Core

/// From a moment to just before another.
package struct ExportSpan: Hashable, Sendable {
    package var from: Timestamp
    package var to: Timestamp

    package static let all = ExportSpan(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))

    package init(from: Timestamp, to: Timestamp) {
        self.from = from
        self.to = to
    }

    package func contains(_ time: Timestamp) -> Bool { from <= time && time < to }

    /// - Parameters: moments of RFC 3339; without one the span is open at that end.
    package init(from: String?, to: String?) throws(BadMoment) {
        self = .all
        if let from { self.from = try Self.moment(from) }
        if let to { self.to = try Self.moment(to) }
    }

    private static func moment(_ text: String) throws(BadMoment) -> Timestamp {
        guard let moment = RFC3339.parse(Array(text.utf8).span) else {
            throw BadMoment(text: text)
        }
        return moment
    }

    package struct BadMoment: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package var description: String {
            "'\(text)' is no time; expected one like 2026-11-23T21:00:00Z"
        }
    }
}
