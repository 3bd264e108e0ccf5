/// How far a value can be trusted, and why no further: OPC UA's three severities (Part 4,
/// 7.39, "StatusCode") with the reasons that a gateway can give.
package struct Quality: Hashable, Sendable {
    package enum Level: UInt8, Comparable, CaseIterable, Sendable {
        case good = 0
        case uncertain = 1
        case bad = 2

        package static func < (left: Level, right: Level) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    package struct Reasons: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }
        /// Older than its source usually lets it become.
        package static let stale = Reasons(rawValue: 1)
        /// Outside what the sensor can measure.
        package static let outOfRange = Reasons(rawValue: 2)
        /// The same for longer than the quantity stays the same.
        package static let stuck = Reasons(rawValue: 4)
        /// Further from the one before than the quantity can go.
        package static let jump = Reasons(rawValue: 8)
        /// Came after its window had been shipped.
        package static let late = Reasons(rawValue: 16)
        /// Not the source's own value or time.
        package static let substituted = Reasons(rawValue: 32)
        /// The device says so.
        package static let device = Reasons(rawValue: 64)
        /// Other sensors of the same quantity say something else.
        package static let disagreement = Reasons(rawValue: 128)
    }

    package var level: Level
    package var reasons: Reasons

    package init(_ level: Level, _ reasons: Reasons = []) {
        self.level = level
        self.reasons = reasons
    }

    package static let good = Quality(.good)

    /// The worse level, and the reasons of both.
    package mutating func worsen(_ other: Quality) {
        level = max(level, other.level)
        reasons.formUnion(other.reasons)
    }
}

extension Quality.Level {
    package var name: String {
        switch self {
        case .good: "good"
        case .uncertain: "uncertain"
        case .bad: "bad"
        }
    }
}

extension Quality.Reasons {
    private static let names: [(Quality.Reasons, String)] = [
        (.stale, "stale"), (.outOfRange, "out_of_range"), (.stuck, "stuck"), (.jump, "jump"),
        (.late, "late"), (.substituted, "substituted"), (.device, "device"),
        (.disagreement, "disagreement"),
    ]

    package var names: [String] { Self.names.filter { contains($0.0) }.map(\.1) }
}
