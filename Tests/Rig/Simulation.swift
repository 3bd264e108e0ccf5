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
    ///
    /// - Throws: `RigError` also when the broker had no subscriber for some of it, and so
    ///   dropped it before the product could see it.
    package func finish(seconds: Double) throws {
        guard try process.wait(seconds: seconds) == 0 else {
            throw RigError("the simulation failed:\n\(process.tail())")
        }
        guard !process.tail().contains("nobody subscribed") else {
            throw RigError("the gateway was not subscribed:\n\(process.tail())")
        }
    }
}
