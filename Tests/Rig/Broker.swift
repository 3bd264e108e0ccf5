internal import Foundation
internal import Glibc

/// Mosquitto with the product's own configuration; only ports, paths and the account are ours.
package final class Broker {
    package let port: Int
    package private(set) var process: ChildProcess
    private let configuration: String
    private let log: String

    /// - Parameters:
    ///   - accessList: the path of another one than the product's.
    ///   - settings: other values than the product's.
    package init(
        in workspace: Workspace, certificates: Certificates, port: Int, accessList: String? = nil,
        settings: [String: String] = [:]
    ) throws {
        self.port = port
        log = workspace.path("broker.log")
        configuration = workspace.path("mosquitto.conf")
        let source = Workspace.repository.appending(path: "broker-config")
        let replacements = [
            "listener": "\(port) 127.0.0.1",
            "cafile": certificates.authorities,
            "certfile": certificates.certificate("broker"),
            "keyfile": certificates.key("broker"),
            "acl_file": accessList ?? source.appending(path: "acl").path,
            "persistence_location": try workspace.directory("broker") + "/",
            "user": String(cString: getpwuid(getuid()).pointee.pw_name),
        ]
        let text = try String(
            contentsOf: source.appending(path: "mosquitto.conf"), encoding: .utf8)
        try Self.replace(replacements.merging(settings) { $1 }, in: text)
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        process = try Self.start(configuration, log: log, port: port)
    }

    /// After `process` was ended by a test.
    package func restart() throws {
        process.killAndWait()
        process = try Self.start(configuration, log: log, port: port)
    }

    private static func start(
        _ configuration: String, log: String, port: Int
    ) throws -> ChildProcess {
        let process = try ChildProcess(
            Workspace.systemProgram("mosquitto"), ["-c", configuration], log: log)
        try Wait.until("the broker on port \(port)", seconds: 10) {
            guard process.isRunning else {
                throw RigError("the broker did not start:\n\(process.tail())")
            }
            return Port.isOpen(port)
        }
        return process
    }

    /// - Throws: `RigError` when the file no longer has one of the options.
    private static func replace(_ values: [String: String], in text: String) throws -> String {
        var missing = Set(values.keys)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let option = line.split(separator: " ").first.map(String.init),
                let value = values[option]
            else { return String(line) }
            missing.remove(option)
            return "\(option) \(value)"
        }
        guard missing.isEmpty else {
            throw RigError("mosquitto.conf lacks \(missing.sorted().joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }
}
