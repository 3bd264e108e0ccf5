/// What the gateway's `/status` says, as far as tests need it.
package struct GatewayStatus: Decodable, Sendable {
    package struct Broker: Decodable, Sendable {
        package let connected: Bool
        package let trouble: String?
        package let messages: Int
        package let redelivered: Int
        package let retained: Int
        package let connections: Int
        package let dropped: Int
        package let sessionsLost: Int

        private enum CodingKeys: String, CodingKey {
            case connected, trouble, messages, redelivered, retained, connections, dropped
            case sessionsLost = "sessions_lost"
        }
    }

    package struct Core: Decodable, Sendable {
        package let readings: Int
        package let windows: Int
        package let late: Int
        package let undecodable: Int
        package let refused: Int
        package let topics: Int
        package let openWindows: Int
        package let alarms: Int

        private enum CodingKeys: String, CodingKey {
            case readings, windows, late, undecodable, refused, topics, alarms
            case openWindows = "open_windows"
        }
    }

    package struct Alarm: Decodable, Sendable {
        package let name: String
        package let state: String
    }

    package struct Store: Decodable, Sendable {
        package let trouble: String?
        /// What the rescue did that this process began with.
        package let rescue: String?

        private enum CodingKeys: String, CodingKey {
            case trouble, rescue
            case deadLetters = "dead_letters"
        }

        package let deadLetters: Int
    }

    package struct Outbox: Decodable, Sendable {
        package let records: Int
        package let batches: Int
    }

    package struct Uplink: Decodable, Sendable {
        package let state: String
        package let accepted: Int
        package let resent: Int
    }

    package let broker: Broker
    package let core: Core
    package let store: Store
    package let outbox: Outbox
    package let uplink: Uplink
    /// Those that are not over.
    package let alarms: [Alarm]
    /// By cause.
    package let gaps: [String: Int]

    /// Nothing is open and nothing waits.
    package var isDrained: Bool {
        core.openWindows == 0 && outbox.records == 0 && outbox.batches == 0
    }
}
