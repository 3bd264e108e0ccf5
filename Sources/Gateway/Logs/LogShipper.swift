package import Core
internal import Synchronization

/// Log records on their way into the outbox. Bounded: what does not fit is counted.
package final class LogShipper: Sendable {
    /// Records, and how many did not fit.
    struct Load: Sendable {
        var records: [LogRecord] = []
        var dropped: UInt64 = 0
        var droppedSince = Timestamp.epoch

        func gap(now: Timestamp) -> GapRecord? {
            guard dropped > 0 else { return nil }
            return GapRecord(
                cause: .logOverflow, subject: "log", from: droppedSince, to: now, count: dropped,
                detail: "more than \(LogShipper.limit) between two commits; all are on standard "
                    + "error")
        }

        mutating func add(_ record: LogRecord) {
            guard records.count >= LogShipper.limit else {
                records.append(record)
                return
            }
            if dropped == 0 { droppedSince = record.time }
            dropped += 1
        }
    }

    private static let limit = 1_000
    private let waiting = Mutex(Load())

    package init() {}

    package func add(_ record: LogRecord) { waiting.withLock { $0.add(record) } }

    var isEmpty: Bool { waiting.withLock { $0.records.isEmpty } }

    func takeAll() -> Load {
        waiting.withLock { waiting in
            defer { waiting = Load() }
            return waiting
        }
    }

    /// What a commit that failed did not ship, before what has come since.
    func putBack(_ load: Load) {
        waiting.withLock { waiting in
            let newer = waiting
            waiting = load
            for record in newer.records { waiting.add(record) }
            if waiting.dropped == 0 { waiting.droppedSince = newer.droppedSince }
            waiting.dropped += newer.dropped
        }
    }
}
