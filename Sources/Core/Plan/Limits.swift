/// Bounds on whatever the outside can make grow.
package struct Limits: Hashable, Sendable {
    package var topics = 100_000
    package var series = 100_000
    /// Bytes.
    package var topicLength = 1_024
    /// Bytes.
    package var payload = 262_144
    /// How far a reading's own time may lie after its arrival.
    package var future: Microseconds = 300_000_000
    /// How long gaps of one cause and subject are gathered into one record.
    package var gapInterval: Microseconds = 60_000_000

    package init() {}
}
