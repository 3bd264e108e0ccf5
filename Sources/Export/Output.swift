internal import Glibc

/// A file descriptor that is written in large pieces.
package final class Output {
    private let file: Int32
    private var waiting: [UInt8] = []
    private static let pieceSize = 256 << 10

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The reader has seen enough, as `head` does: no fault of anyone.
        case readerGone
        case failed(String)

        package var description: String {
            switch self {
            case .readerGone: "the reader of the output has gone"
            case .failed(let reason): "can't write the output (\(reason))"
            }
        }
    }

    package init(_ file: Int32) { self.file = file }

    package static func standard() -> Output {
        // A reader that goes away is an error to handle, not a signal to die of.
        signal(SIGPIPE, SIG_IGN)
        return Output(STDOUT_FILENO)
    }

    /// A line on standard error.
    package static func complain(_ line: String) {
        let output = Output(STDERR_FILENO)
        try? output.write(Array("\(line)\n".utf8))
        try? output.flush()
    }

    package func write(_ bytes: [UInt8]) throws(Failure) {
        waiting += bytes
        if waiting.count >= Self.pieceSize { try flush() }
    }

    package func flush() throws(Failure) {
        var rest = waiting[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw .readerGone
            } else if errno != EINTR {
                throw .failed(String(cString: strerror(errno)))
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
