/// `tidegate simulate`, with its truth file.
package struct Simulation: Sendable {
    package let process: ChildProcess
    package let truth: String

    /// - Parameter arguments: such as `["plant", "--rate", "10", "--readings", "50"]`.
    package init(
        _ arguments: [String], name: String, in workspace: Workspace,
        certificates: Certificates, brokerPort: Int
    ) throws {
        truth = workspace.path("\(name).truth.ndjson")
        process = try ChildProcess(
            Workspace.program("tidegate"),
            ["simulate"] + arguments + [
                "--broker", "localhost:\(brokerPort)", "--certificates", certificates.directory,
                "--truth", truth,
            ], log: workspace.path("\(name).log"))
    }

    /// Waits until the broker has acknowledged everything.
    package func finish(seconds: Double) throws {
        guard try process.wait(seconds: seconds) == 0 else {
            throw RigError("the simulation failed:\n\(process.tail())")
        }
    }
}
