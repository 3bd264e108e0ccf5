internal import Foundation
internal import Synchronization

/// What the person who waits is told: a line when something happens, and otherwise how far
/// the running trials are, every ten seconds.
final class Progress: Sendable {
    private struct State {
        var lastLine = ContinuousClock.now
        /// How far each running trial is.
        var notes: [String: String] = [:]
    }
    private static let silence = Duration.seconds(8)
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init() {
        Thread { [weak self] in
            while let self {
                heartbeat()
                usleep(500_000)
            }
        }.start()
    }

    func say(_ line: String) {
        state.withLock { $0.lastLine = .now }
        let time = start.duration(to: .now).components.seconds
        let padding = String(repeating: " ", count: max(0, 5 - "\(time)".count))
        FileHandle.standardOutput.write(Data("\(padding)\(time) s  \(line)\n".utf8))
    }

    /// How far a trial is; shown when nothing else was for a while. `nil` when it is over.
    func note(_ trial: String, _ text: String?) { state.withLock { $0.notes[trial] = text } }

    private func heartbeat() {
        let lines = state.withLock { state in
            guard state.lastLine.duration(to: .now) >= Self.silence else { return [String]() }
            return state.notes.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        }
        for line in lines { say(line) }
    }
}
