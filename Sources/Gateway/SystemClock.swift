package import Core
internal import Foundation

/// The one place that asks the system for the time.
package enum SystemClock {
    // Not through `timespec`: which module the compiler takes that to be of, and so whether it
    // may be used, changes with the other files of this room.
    package static let now: @Sendable () -> Timestamp = {
        Timestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
    }

    /// Of a clock that nobody sets.
    package static let uptime: @Sendable () -> Microseconds = {
        let passed = start.duration(to: .now).components
        return passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
    }

    private static let start = SuspendingClock.now
}
