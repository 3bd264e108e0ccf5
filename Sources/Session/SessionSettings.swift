package import Core
package import OpenSSL

/// How to reach the broker, and how much to take before a commit.
package struct SessionSettings: Hashable, Sendable {
    package var host: String
    package var port: Int
    package var tls: TLSFiles
    /// Fixed: the broker keeps our session under it.
    package var clientID: String
    package var filters: [String]
    /// Of earlier configurations and not among `filters`: the broker's session may still have
    /// them.
    package var formerFilters: [String] = []
    /// Seconds.
    package var keepAlive = 30
    /// Bytes of a packet that the broker may send; it drops larger messages.
    package var maximumPacket = 1_179_648
    /// A commit is due at so many messages.
    package var commitMessages = 2_000
    /// A commit is due at so many bytes.
    package var commitBytes = 8_388_608
    /// A commit is due so long after the first message in it.
    package var commitInterval: Microseconds = 200_000
    package var backoff = Backoff(base: 500_000, maximum: 30_000_000)

    /// Messages on their way without an acknowledgement: the next commit's come while one is
    /// written. mosquitto 2.0 exceeds it while a backlog drains: see `RedeliveryFilter`.
    package var receiveMaximum: Int { min(2 * commitMessages, 20_000) }

    package init(host: String, port: Int, tls: TLSFiles, clientID: String, filters: [String]) {
        self.host = host
        self.port = port
        self.tls = tls
        self.clientID = clientID
        self.filters = filters
    }
}
