internal import LocalBroker
internal import ServiceLifecycle

/// Runs the second connection to the broker until the gateway is told to stop.
struct PublisherService: Service {
    let publisher: LocalPublisher

    func run() async throws {
        try await publisher.start(now: SystemClock.now(), uptime: SystemClock.uptime)
        try await withGracefulShutdownHandler {
            try await publisher.waitUntilStopped()
        } onGracefulShutdown: {
            publisher.stop()
        }
    }
}
