package import Foundation

/// The cloud side: `tidegate-receiver`.
package final class Receiver {
    package let port: Int
    package let storage: String
    package private(set) var process: ChildProcess
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
        process = try Self.start(arguments, log: log, port: port)
    }

    /// After `process` was ended by a test.
    package func restart() throws {
        process = try Self.start(arguments, log: log, port: port)
    }

    private static func start(
        _ arguments: [String], log: String, port: Int
    ) throws -> ChildProcess {
        let process = try ChildProcess(
            Workspace.program("tidegate-receiver"), arguments, log: log)
        try Wait.until("the receiver on port \(port)", seconds: 15) {
            guard process.isRunning else {
                throw RigError("the receiver did not start:\n\(process.tail())")
            }
            return Port.isOpen(port)
        }
        return process
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
