internal import Core

/// The true time, and what the gateway takes for it.
///
/// All of a simulation runs one step after another.
final class WorldClock: @unchecked Sendable {
    /// 2026-01-01
    static let beginning = Timestamp(microseconds: 1_767_225_600_000_000)

    /// Since the beginning.
    var elapsed: Microseconds = 0
    /// The gateway's clock against the true time.
    var error: Microseconds = 0
    /// When the gateway's machine was started.
    var boot: Microseconds = -60_000_000
    var isLinkOpen = true

    var time: Timestamp { Self.beginning + elapsed }
    /// The gateway's clock.
    var wall: Timestamp { time + error }
    var uptime: Microseconds { elapsed - boot }
}
