package import Foundation
internal import Synchronization

/// The cloud side: `tidegate-receiver`, which may be killed and started again.
package final class Receiver: Sendable {
    package let port: Int
    package let storage: String
    private let current: Mutex<ChildProcess>
    private let arguments: [String]
    private let log: String

    package init(in workspace: Workspace, certificates: Certificates, port: Int) throws {
        self.port = port
        storage = try workspace.directory("receiver")
        arguments = [
            "serve", "--listen", "127.0.0.1:\(port)", "--storage", storage,
            "--authorities", certificates.authorities,
            "--certificate", certificates.certificate("receiver"),
            "--key", certificates.key("receiver"),
        ]
        log = workspace.path("receiver.log")
        current = Mutex(try Self.start(arguments, log: log))
        try waitUntilReady()
    }

    package var process: ChildProcess { current.withLock(\.self) }

    /// After `process` was ended by a test. Returns before it listens.
    package func launch() throws {
        let process = try Self.start(arguments, log: log)
        current.withLock { $0 = process }
    }

    /// The same, and returns when it listens.
    package func restart() throws {
        try launch()
        try waitUntilReady()
    }

    /// Kills it and starts it with nothing in its storage.
    package func beginAnew() throws {
        process.killAndWait()
        for name in try FileManager.default.contentsOfDirectory(atPath: storage) {
            try FileManager.default.removeItem(atPath: "\(storage)/\(name)")
        }
        try restart()
    }

    private static func start(_ arguments: [String], log: String) throws -> ChildProcess {
        try ChildProcess(Workspace.program("tidegate-receiver"), arguments, log: log)
    }

    package func waitUntilReady() throws {
        let process = process
        try Wait.until("the receiver on port \(port)", seconds: 15) {
            guard process.isRunning else {
                throw RigError("the receiver did not start:\n\(process.tail())")
            }
            return Port.isOpen(port)
        }
    }

    /// NDJSON, a window a line.
    package func exportedWindows() throws -> Data { try exported("window") }

    /// NDJSON, a record of this kind a line.
    package func exported(_ kind: String) throws -> Data {
        try Command.run(
            Workspace.program("tidegate-receiver"),
            ["export", "--storage", storage, "--format", "ndjson", "--kind", kind])
    }

    package func audit() throws -> Audit {
        let data = try Command.run(
            Workspace.program("tidegate-receiver"), ["audit", "--storage", storage, "--json"])
        return try JSONDecoder().decode(Audit.self, from: data)
    }
}
