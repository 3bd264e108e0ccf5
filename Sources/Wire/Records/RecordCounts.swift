/// How many records of each kind.
package struct RecordCounts: Hashable, Sendable {
    package var windows: Int
    package var logs: Int
    package var gaps: Int
    package var events: Int
    package var samples: Int

    package var total: Int { windows + logs + gaps + events + samples }

    package init(
        windows: Int = 0, logs: Int = 0, gaps: Int = 0, events: Int = 0, samples: Int = 0
    ) {
        self.windows = windows
        self.logs = logs
        self.gaps = gaps
        self.events = events
        self.samples = samples
    }

    package static func += (left: inout RecordCounts, right: RecordCounts) {
        left.windows += right.windows
        left.logs += right.logs
        left.gaps += right.gaps
        left.events += right.events
        left.samples += right.samples
    }
}
