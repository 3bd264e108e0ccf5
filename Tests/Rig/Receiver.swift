package import Foundation

/// The cloud side: `tidegate-receiver`.
package final class Receiver {
    package let port: Int
    package let storage: String
    package let process: ChildProcess

    package init(in workspace: Workspace, certificates: Certificates, port: Int) throws {
        self.port = port
        storage = try workspace.directory("receiver")
        process = try ChildProcess(
            Workspace.program("tidegate-receiver"),
            [
                "serve", "--listen", "127.0.0.1:\(port)", "--storage", storage,
                "--authorities", certificates.authorities,
                "--certificate", certificates.certificate("receiver"),
                "--key", certificates.key("receiver"),
            ], log: workspace.path("receiver.log"))
        try Wait.until("the receiver on port \(port)", seconds: 15) {
            guard process.isRunning else {
                throw RigError("the receiver did not start:\n\(process.tail())")
            }
            return Port.isOpen(port)
        }
    }

    /// NDJSON, a window a line.
    package func exportedWindows() throws -> Data {
        try Command.run(
            Workspace.program("tidegate-receiver"),
            ["export", "--storage", storage, "--format", "ndjson", "--kind", "window"])
    }

    package func audit() throws -> Audit {
        let data = try Command.run(
            Workspace.program("tidegate-receiver"), ["audit", "--storage", storage, "--json"])
        return try JSONDecoder().decode(Audit.self, from: data)
    }
}
