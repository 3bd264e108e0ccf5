internal import Foundation
internal import Glibc

/// Mosquitto with the product's own configuration; only ports, paths and the account are ours.
package final class Broker {
    package let port: Int
    package private(set) var process: ChildProcess
    private let configuration: String
    private let log: String

    package init(in workspace: Workspace, certificates: Certificates, port: Int) throws {
        self.port = port
        log = workspace.path("broker.log")
        configuration = workspace.path("mosquitto.conf")
        let source = Workspace.repository.appending(path: "broker-config")
        let replacements = [
            "listener": "\(port) 127.0.0.1",
            "cafile": certificates.authorities,
            "certfile": certificates.certificate("broker"),
            "keyfile": certificates.key("broker"),
            "acl_file": source.appending(path: "acl").path,
            "persistence_location": try workspace.directory("broker"),
            "user": String(cString: getpwuid(getuid()).pointee.pw_name),
        ]
        let text = try String(
            contentsOf: source.appending(path: "mosquitto.conf"), encoding: .utf8)
        try Self.replace(replacements, in: text)
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        process = try Self.start(configuration, log: log, port: port)
    }

    /// After `process` was ended by a test.
    package func restart() throws {
        process.killAndWait()
        process = try Self.start(configuration, log: log, port: port)
    }

    /// Whether the broker has taken so many subscriptions of a client, whose id ends so, since
    /// its first start.
    ///
    /// A client that is connected is not subscribed yet: what is published in between is lost.
    package func hasSubscriptions(of client: String, count: Int) -> Bool {
        let lines = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").count { $0.contains("\(client) 1 ") } >= count
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
