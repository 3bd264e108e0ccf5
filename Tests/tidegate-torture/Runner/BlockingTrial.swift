internal import Foundation

/// A trial that waits for processes: on a thread of its own, as tasks have but one a core.
protocol BlockingTrial: Trial {
    /// Blocks until it is over.
    func play(_ progress: Progress) throws -> Findings
}

extension BlockingTrial {
    func run(_ progress: Progress) async throws -> Findings {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try play(progress) }) }.start()
        }
    }
}
