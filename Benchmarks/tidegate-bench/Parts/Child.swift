internal import Foundation

/// A process of the benchmark: its standard output read line by line, its standard error
/// kept in a file.
final class Child {
    let name: String
    private let process = Process()
    private let output: Int32
    private let log: String
    private var unread: [UInt8] = []
    private var isAtEnd = false

    init(_ name: String, _ executable: String, _ arguments: [String], in directory: Directory)
        throws
    {
        self.name = name
        log = directory.file("\(name).log")
        try Data().write(to: URL(filePath: log))
        let pipe = Pipe()
        output = pipe.fileHandleForReading.fileDescriptor
        stdout = pipe
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        Children.all.add(process.processIdentifier)
    }

    /// Keeps the descriptor open.
    private let stdout: Pipe

    deinit { stop() }

    var figures: ProcessFigures {
        get throws { try ProcessFigures(processID: process.processIdentifier, name: name) }
    }

    /// The next report; nil where none comes in time.
    ///
    /// - Parameter timeout: seconds.
    func report(within timeout: Double) throws -> Report? {
        let deadline = Monotonic.now + timeout
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(unread[..<end])
                unread.removeSubrange(...end)
                return try JSONDecoder().decode(Report.self, from: line)
            }
            guard !isAtEnd else { throw BenchError("\(name) ended early; \(lastWords)") }
            guard fill(until: deadline) else { return nil }
        }
    }

    /// Everything it prints until it ends.
    func outputUntilEnd(within timeout: Double) throws -> Data {
        let deadline = Monotonic.now + timeout
        while !isAtEnd {
            guard fill(until: deadline) else { throw BenchError("\(name) takes too long") }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError("\(name) failed; \(lastWords)")
        }
        return Data(unread)
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let deadline = Monotonic.now + 15
        while process.isRunning, Monotonic.now < deadline { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }

    var lastWords: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n").suffix(5).joined(separator: "\n  ")
        return lines.isEmpty ? "it said nothing in \(log)" : "\(log) ends:\n  \(lines)"
    }

    /// Whether there was something to read, the end included.
    private func fill(until deadline: Double) -> Bool {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        let left = max(0, deadline - Monotonic.now) * 1_000
        guard poll(&waiting, 1, Int32(left)) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(output, &bytes, bytes.count)
        if count > 0 { unread += bytes[..<count] } else { isAtEnd = true }
        return true
    }
}
