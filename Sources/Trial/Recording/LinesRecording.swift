package import Simulator

/// A file with a message a line, each a JSON object (`RecordedLine`); empty lines are none.
package struct LinesRecording: Recording, ~Copyable {
    private var lines: LineReader
    private let reader: RecordedLine
    /// Messages that are left to read.
    private var rows: Int

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - zone: of times that name none.
    ///   - rows: messages after which it ends.
    package init(
        path: String, zone: ZoneOffset = .utc, rows: Int = .max
    ) throws(RecordingError) {
        lines = try LineReader(path: path)
        reader = RecordedLine(zone: zone)
        self.rows = rows
    }

    package mutating func next() throws(RecordingError) -> RecordedMessage? {
        guard rows > 0 else { return nil }
        while let line = try lines.next() {
            guard line.contains(where: { ![0x20, 0x09, 0x0d].contains($0) }) else { continue }
            rows -= 1
            do {
                return try reader.message(line.span)
            } catch {
                throw RecordingError(lines.place, error.problem, advice: error.advice)
            }
        }
        return nil
    }
}
