/// Counts for a person; not part of what the core decides on.
package struct Tally: Hashable, Sendable {
    package var readings: UInt64 = 0
    package var windows: UInt64 = 0
    package var late: UInt64 = 0
    package var undecodable: UInt64 = 0
    /// Alarms that came or went, sensors that want attention.
    package var events: UInt64 = 0
    /// Readings shipped as they are.
    package var samples: UInt64 = 0
    package var refused: UInt64 = 0
    /// Messages that the broker numbered for us and dropped.
    package var brokerDropped: UInt64 = 0
    /// Connections on which the broker no longer knew us.
    package var sessionsLost: UInt64 = 0

    package init() {}
}
