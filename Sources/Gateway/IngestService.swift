internal import Core
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Session

/// Runs the session on its own thread until the gateway is told to stop.
struct IngestService: Service {
    private let stop: StopSignal
    private let finished: AsyncThrowingStream<Never, any Error>

    /// Makes the session on its thread, and returns when it is made: libmosquitto wants to
    /// be first.
    static func start(
        _ make: @escaping @Sendable (StopSignal) throws -> BrokerSession
    ) async throws -> IngestService {
        let stop = StopSignal()
        let (made, tellMade) = AsyncThrowingStream<Never, any Error>.makeStream()
        let (finished, tellFinished) = AsyncThrowingStream<Never, any Error>.makeStream()
        let thread = Thread {
            do {
                let session = try make(stop)
                tellMade.finish()
                try session.run()
                tellFinished.finish()
            } catch {
                tellMade.finish(throwing: error)
                tellFinished.finish(throwing: error)
            }
        }
        thread.name = "ingest"
        thread.start()
        for try await _ in made {}
        return IngestService(stop: stop, finished: finished)
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            for try await _ in finished {}
        } onGracefulShutdown: {
            stop.give()
        }
    }
}
