package import Core
package import OpenSSL

/// How to reach the broker for what the gateway itself publishes.
package struct LocalPublisherSettings: Hashable, Sendable {
    package var host: String
    package var port: Int
    /// With a certificate of its own: the broker allows one connection for each, and its access
    /// list goes by it.
    package var tls: TLSFiles
    /// mosquitto with `use_username_as_clientid` puts the certificate's name in its place.
    package var clientID: String
    /// Seconds.
    package var keepAlive = 30
    package var queue = PublicationQueue.Limits()
    /// Messages on their way without an acknowledgement; what is more waits in the queue.
    package var maximumInFlight = 200
    /// How long a stop waits for what is queued.
    package var farewell: Microseconds = 1_000_000
    package var backoff = Backoff(base: 500_000, maximum: 30_000_000)

    package init(host: String, port: Int, tls: TLSFiles, clientID: String) {
        self.host = host
        self.port = port
        self.tls = tls
        self.clientID = clientID
    }
}
