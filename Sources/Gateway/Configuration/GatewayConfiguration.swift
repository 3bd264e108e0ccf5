package import Core
package import Logging
package import OpenSSL
package import Session
package import Uplink

/// All of a gateway's settings (docs/configuration.md).
package struct GatewayConfiguration: Sendable {
    package var gateway = ""
    package var storage = StorageSettings()
    package var broker = SessionSettings(
        host: "", port: 8_883, tls: TLSFiles(authorities: "", certificate: "", key: ""),
        clientID: "", filters: [])
    /// Of the connection that publishes on the local broker; `nil` where nothing is published.
    package var publisher: TLSFiles?
    package var plan = Plan(streams: [], fusions: [])
    package var uplink = UplinkSettings()
    package var console = ConsoleSettings()
    package var logLevel = Logger.Level.info
    /// The file as it was read: the store keeps it, to know under which plan its state was
    /// made.
    package var text = ""

    package struct StorageSettings: Hashable, Sendable {
        package var directory = ""
        package var deadLetters = 1_000
    }

    package struct UplinkSettings: Hashable, Sendable {
        package var endpoint = ""
        package var tls = TLSFiles(authorities: "", certificate: "", key: "")
        package var schedule = Schedule.always
        package var timeZone = "UTC"
        /// Bytes of records, decompressed, that make a batch.
        package var batchSize = 262_144
        /// Records older than this make a batch however few they are.
        package var batchAge: Microseconds = 10_000_000
        package var retryBase: Microseconds = 500_000
        package var retryMaximum: Microseconds = 300_000_000
        package var retryAttempts = 8
        package var timeout: Microseconds = 30_000_000
    }

    package struct ConsoleSettings: Hashable, Sendable {
        package var host = "127.0.0.1"
        package var port = 9_090
    }
}
