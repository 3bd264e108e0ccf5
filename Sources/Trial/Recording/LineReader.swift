internal import Simulator

/// The lines of a file, without their line feeds. (A carriage return is white space to JSON.)
package struct LineReader: ~Copyable {
    /// A line longer than this is no message of any broker's.
    static let longest = 8 << 20
    private var pieces: PieceReader
    private var waiting: [UInt8] = []
    /// Where in `waiting` the next line begins.
    private var start = 0
    private var isAtEnd = false
    /// The number of the line that was handed out last, from 1.
    private(set) var number = 0

    package init(path: String) throws(RecordingError) {
        do {
            pieces = try PieceReader(path: path)
        } catch {
            throw RecordingError(error)
        }
    }

    /// The file and the line that was handed out last.
    var place: String { "\(pieces.name):\(number)" }

    /// `nil` at the end.
    package mutating func next() throws(RecordingError) -> [UInt8]? {
        var searched = start
        while true {
            if let end = waiting[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return line(upTo: end)
            }
            searched = waiting.count - start
            waiting.removeFirst(start)
            start = 0
            guard !isAtEnd else {
                guard !waiting.isEmpty else { return nil }
                defer { waiting = [] }
                return line(upTo: waiting.count)
            }
            guard waiting.count <= Self.longest else {
                number += 1
                throw RecordingError(
                    place, "a line of more than \(Self.longest >> 20) MiB",
                    advice: "expected a message a line")
            }
            try readPiece()
        }
    }

    private mutating func line(upTo end: Int) -> [UInt8] {
        number += 1
        return Array(waiting[start..<end])
    }

    private mutating func readPiece() throws(RecordingError) {
        do {
            if let piece = try pieces.next() { waiting += piece } else { isAtEnd = true }
        } catch {
            throw RecordingError(error)
        }
    }
}
