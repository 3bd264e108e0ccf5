package import Core
internal import Foundation
internal import Threading

/// Publishes to the local broker over a connection of its own, on a thread of its own. Whoever
/// publishes is never held up: a message is queued and leaves within a fraction of a
/// millisecond while there is a connection; without one it waits, within limits.
package final class LocalPublisher: Sendable {
    private let settings: LocalPublisherSettings
    private let desk: PublisherDesk
    private let stopping = WakeUp()
    private let finished = Completion()

    /// Opens nothing but its pipes, and takes publications from now on.
    package init(settings: LocalPublisherSettings) {
        self.settings = settings
        desk = PublisherDesk(limits: settings.queue)
    }

    /// Starts the thread, which connects and reconnects. Once, and after the session was made:
    /// see `MosquittoClient.init`.
    ///
    /// - Parameters:
    ///   - now: for the certificate's validity.
    ///   - uptime: microseconds of a clock that nobody sets.
    /// - Throws: `TLSError` or `MosquittoError` for settings that can never work.
    package func start(
        now: Timestamp, uptime: @escaping @Sendable () -> Microseconds
    ) async throws {
        let made = Completion()
        let thread = Thread { [settings, desk, stopping, finished] in
            do {
                let loop = try PublisherLoop(
                    settings: settings, desk: desk, stop: stopping, now: now, uptime: uptime)
                made.end(.success(()))
                loop.run()
                finished.end(.success(()))
            } catch {
                desk.close(inFlight: 0)
                finished.end(.success(()))
                made.end(.failure(error))
            }
        }
        thread.name = "publisher"
        thread.start()
        try await made.wait()
    }

    /// In order of the calls. Returns at once.
    package func publish(_ publication: Publication) {
        desk.leave(CollectionOfOne(publication))
    }

    /// In order. Returns at once.
    package func publish(_ publications: [Publication]) { desk.leave(publications) }

    /// What is queued goes out, as far as that takes no longer than the settings' farewell.
    package func stop() { stopping.give() }

    /// Returns once the thread has ended; it must have been started, and be told to stop.
    package func waitUntilStopped() async throws { try await finished.wait() }

    package var figures: LocalPublisherFigures { desk.figures }

    /// Messages lost since the last call, for a gap record: dropped or refused.
    package func takeLost() -> Int { desk.takeLost() }
}
