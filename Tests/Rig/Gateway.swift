internal import Foundation
internal import Synchronization

/// The product: `tidegate run`, which may be killed and started again on the same store.
package final class Gateway: Sendable {
    package let configuration: GatewayConfiguration
    /// The path of its configuration.
    package let file: String
    private let current: Mutex<ChildProcess>
    private let log: String

    package init(
        in workspace: Workspace, certificates: Certificates,
        configuration: GatewayConfiguration
    ) throws {
        var configuration = configuration
        if configuration.storage.isEmpty {
            configuration.storage = try workspace.directory("gateway")
        }
        self.configuration = configuration
        file = workspace.path("gateway.yaml")
        log = workspace.path("gateway.log")
        try configuration.yaml(certificates).write(toFile: file, atomically: true, encoding: .utf8)
        current = Mutex(try Self.start(file, log: log))
    }

    package var process: ChildProcess { current.withLock(\.self) }

    package func restart() throws {
        let process = try Self.start(file, log: log)
        current.withLock { $0 = process }
    }

    /// `nil` while the console does not answer.
    package var status: GatewayStatus? {
        get throws {
            guard let answer = HTTP.get("/status", port: configuration.consolePort),
                answer.status == 200
            else { return nil }
            return try JSONDecoder().decode(GatewayStatus.self, from: answer.body)
        }
    }

    /// - Throws: `RigError` when the process ends or the time is over.
    @discardableResult
    package func wait(
        for what: String, seconds: Double, _ condition: (GatewayStatus) -> Bool
    ) throws -> GatewayStatus {
        do {
            return try Wait.answer(what, seconds: seconds) {
                guard process.isRunning else {
                    throw RigError("the gateway ended (\(process.poll() ?? 0))")
                }
                guard let status = try status, condition(status) else { return nil }
                return status
            }
        } catch {
            throw RigError("\(error); its log ends with\n\(process.tail())")
        }
    }

    private static func start(_ file: String, log: String) throws -> ChildProcess {
        try ChildProcess(
            Workspace.program("tidegate"), ["run", "--config", file], log: log)
    }
}
