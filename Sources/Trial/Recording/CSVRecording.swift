internal import Core
package import Simulator

/// A CSV file, whose cells are messages as `tidegate simulate csv` publishes them.
package struct CSVRecording: Recording, ~Copyable {
    private var file: ReplayFile
    /// Rows that are left to read.
    private var rows: Int
    /// Of the row that was read last, the next one last.
    private var waiting: [RecordedMessage] = []

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - rows: after which it ends.
    package init(
        path: String, columns: ReplayColumns, rows: Int = .max
    ) throws(RecordingError) {
        do {
            file = try ReplayFile(path: path, columns: columns)
        } catch {
            throw RecordingError(error)
        }
        self.rows = rows
    }

    package mutating func next() throws(RecordingError) -> RecordedMessage? {
        while waiting.isEmpty {
            guard rows > 0, let (milliseconds, messages) = try row() else { return nil }
            rows -= 1
            // Before 1970 and after 9999 no message can arrive: it counts as the edge.
            let latest = Timestamp.latest.microseconds / 1_000
            let time = Timestamp(
                microseconds: min(max(milliseconds, 0), latest) * 1_000)
            waiting = messages.reversed().map {
                RecordedMessage(
                    topic: Array($0.topic.utf8), payload: Array($0.payload.utf8), time: time)
            }
        }
        return waiting.popLast()
    }

    private mutating func row() throws(RecordingError) -> (Int64, [Message])? {
        do {
            return try file.next()
        } catch {
            throw RecordingError(error)
        }
    }
}
