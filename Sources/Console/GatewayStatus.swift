/// What the gateway knows of itself, for /status, /metrics and `tidegate status`.
package struct GatewayStatus: Codable, Hashable, Sendable {
    package struct Broker: Codable, Hashable, Sendable {
        package var connected = false
        /// Why the last connection or attempt ended.
        package var trouble: String?
        package var connections: UInt64 = 0
        /// New messages, committed.
        package var messages: UInt64 = 0
        /// Handed over again, recognised, not counted.
        package var redelivered: UInt64 = 0
        /// From before the subscription, not counted.
        package var retained: UInt64 = 0
        /// Numbered for us, and dropped by the broker: its queue was full.
        package var dropped: UInt64 = 0
        /// Connections on which the broker no longer knew our session.
        package var sessionsLost: UInt64 = 0

        package init() {}
    }

    package struct Core: Codable, Hashable, Sendable {
        package var topics = 0
        package var series = 0
        package var readings: UInt64 = 0
        package var windows: UInt64 = 0
        package var openWindows = 0
        package var late: UInt64 = 0
        package var undecodable: UInt64 = 0
        package var refused: UInt64 = 0
        /// Readings shipped as they are.
        package var samples: UInt64 = 0
        /// Alarms that came or went, sensors that want attention.
        package var events: UInt64 = 0
        /// That are not over.
        package var alarms = 0
    }

    package struct Alarm: Codable, Hashable, Sendable {
        package var name: String
        package var series: String
        package var state: String
        package var severity: String

        package init(name: String, series: String, state: String, severity: String) {
            self.name = name
            self.series = series
            self.state = state
            self.severity = severity
        }
    }

    /// So many alarms are listed.
    package static let alarmLimit = 100

    /// The connection that publishes on the local broker.
    package struct Publisher: Codable, Hashable, Sendable {
        package var connected = false
        /// Why there is no connection, or what was last refused and why.
        package var trouble: String?
        package var published: UInt64 = 0
        package var refused: UInt64 = 0
        package var dropped: UInt64 = 0
        package var queued = 0

        package init() {}
    }

    package struct Store: Codable, Hashable, Sendable {
        package var commits: UInt64 = 0
        package var snapshots: UInt64 = 0
        /// Why the last commit failed; none once one succeeded.
        package var trouble: String?
        package var fileBytes: Int64 = 0
        package var deadLetters: Int64 = 0
        package var setAside: Int64 = 0
        /// What became of a store that could not be gone on with, since this start.
        package var rescue: String?
    }

    package struct Outbox: Codable, Hashable, Sendable {
        /// Not yet in a batch.
        package var records: Int64 = 0
        package var batches: Int64 = 0
        /// In those batches.
        package var batchRecords: Int64 = 0
    }

    package struct Uplink: Codable, Hashable, Sendable {
        package var state = "closed"
        package var trouble: String?
        package var accepted: UInt64 = 0
        /// The receiver had it already.
        package var duplicates: UInt64 = 0
        /// Sent more than once.
        package var resent: UInt64 = 0
        package var setAside: UInt64 = 0
        package var failures: UInt64 = 0
        package var bytesSent: UInt64 = 0
        /// The receiver holds everything up to here.
        package var completeThrough: UInt64 = 0
        package var nextSequence: UInt64 = 1
    }

    package var gateway: String
    package var epoch = ""
    package var broker = Broker()
    package var core = Core()
    package var store = Store()
    package var outbox = Outbox()
    package var uplink = Uplink()
    /// `nil` where nothing is published.
    package var publisher: Publisher?
    /// Those that are not over, the oldest first.
    package var alarms: [Alarm] = []
    /// What gap records say was lost, by cause: of the store, not of this process.
    package var gaps: [String: Int64] = [:]

    package init(gateway: String) { self.gateway = gateway }

    /// Why the gateway does not do its work at this moment; empty when it does.
    package var obstacles: [String] {
        var found: [String] = []
        if let trouble = store.trouble { found.append("store: \(trouble)") }
        if !broker.connected {
            found.append("broker: not connected" + (broker.trouble.map { " (\($0))" } ?? ""))
        }
        return found
    }
}
