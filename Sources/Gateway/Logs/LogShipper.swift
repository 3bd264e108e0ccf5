package import Core
internal import Synchronization

/// Log records on their way into the outbox. Bounded: what does not fit is counted.
package final class LogShipper: Sendable {
    private struct Waiting {
        var records: [LogRecord] = []
        var dropped: UInt64 = 0
        var droppedSince = Timestamp.epoch
    }

    private static let limit = 1_000
    private let waiting = Mutex(Waiting())

    package init() {}

    package func add(_ record: LogRecord) {
        waiting.withLock { waiting in
            guard waiting.records.count < Self.limit else {
                if waiting.dropped == 0 { waiting.droppedSince = record.time }
                waiting.dropped += 1
                return
            }
            waiting.records.append(record)
        }
    }

    var isEmpty: Bool { waiting.withLock { $0.records.isEmpty } }

    /// What waits, and a gap for what did not fit.
    func takeAll(now: Timestamp) -> ([LogRecord], GapRecord?) {
        waiting.withLock { waiting in
            defer { waiting = Waiting() }
            guard waiting.dropped > 0 else { return (waiting.records, nil) }
            let gap = GapRecord(
                cause: .logOverflow, subject: "log", from: waiting.droppedSince, to: now,
                count: waiting.dropped, detail: "more than \(Self.limit) between two commits")
            return (waiting.records, gap)
        }
    }
}
