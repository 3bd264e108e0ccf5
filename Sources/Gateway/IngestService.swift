internal import Foundation
internal import ServiceLifecycle
internal import Session
internal import Threading

/// Runs the session on its own thread until the gateway is told to stop.
struct IngestService: Service {
    private let stop: StopSignal
    private let finished: Completion

    /// Makes the session on its thread, and returns when it is made: libmosquitto wants to
    /// be first.
    static func start(
        _ make: @escaping @Sendable (StopSignal) throws -> BrokerSession
    ) async throws -> IngestService {
        let stop = StopSignal()
        let made = Completion()
        let finished = Completion()
        let thread = Thread {
            finished.end(Result { try live(make, stop, made) })
        }
        thread.name = "ingest"
        thread.start()
        try await made.wait()
        return IngestService(stop: stop, finished: finished)
    }

    /// The session is gone when this returns: the process must not end around it.
    private static func live(
        _ make: (StopSignal) throws -> BrokerSession, _ stop: StopSignal, _ made: Completion
    ) throws {
        let session: BrokerSession
        do {
            session = try make(stop)
        } catch {
            made.end(.failure(error))
            throw error
        }
        made.end(.success(()))
        try session.run()
    }

    func run() async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await finished.wait()
            } onGracefulShutdown: {
                stop.give()
            }
        } onCancel: {
            stop.give()
        }
    }
}
