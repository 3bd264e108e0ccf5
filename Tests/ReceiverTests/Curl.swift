internal import Foundation

/// An HTTPS client that is not ours.
struct Curl: Sendable {
    let port: Int
    let certificates: String
    let folder: String

    struct Reply: Sendable {
        /// curl's own; 0 where there was an answer.
        let exit: Int32
        let status: Int
        /// Header fields in small letters, then the body.
        let text: String
    }

    /// - Parameter name: whose certificate; `nil` for none.
    func send(
        _ path: String, as name: String?, body: [UInt8]? = nil, _ more: [String] = []
    ) async throws -> Reply {
        var arguments = [
            "--silent", "--include", "--tlsv1.3", "--max-time", "20", "--cacert",
            "\(certificates)/ca.crt", "--write-out", "\n%{http_code}",
            "https://localhost:\(port)\(path)",
        ]
        if let name {
            arguments += ["--cert", "\(certificates)/\(name).crt"]
            arguments += ["--key", "\(certificates)/\(name).key"]
        }
        if let body {
            let file = "\(folder)/\(UUID().uuidString)"
            try Data(body).write(to: URL(fileURLWithPath: file))
            arguments += ["--data-binary", "@\(file)"]
        }
        let (exit, output) = try await Command.run("/usr/bin/curl", arguments + more)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        return Reply(
            exit: exit, status: lines.last.flatMap { Int($0) } ?? 0,
            text: lines.dropLast().joined(separator: "\n"))
    }
}

enum Command {
    /// - Returns: the exit code, and what stood on standard output: a few kilobytes.
    static func run(_ path: String, _ arguments: [String]) async throws -> (Int32, String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let exit = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        return (exit, String(decoding: bytes, as: UTF8.self))
    }
}
