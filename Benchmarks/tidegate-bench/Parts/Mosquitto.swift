internal import Foundation
internal import Rig

/// The real broker as broker-config has it, but for an access list that lets one load
/// generator speak for all sensors.
final class Mosquitto {
    let port: Int
    private let process: ChildProcess

    init(certificates: Certificates, in workspace: Workspace) throws {
        port = try Port.free(1)[0]
        let acl = workspace.path("acl")
        try "user gateway-1\ntopic read plant/#\nuser load\ntopic write plant/#\n"
            .write(toFile: acl, atomically: true, encoding: .utf8)
        let values = [
            "listener": "\(port) 127.0.0.1",
            "cafile": certificates.authorities,
            "certfile": certificates.certificate("broker"),
            "keyfile": certificates.key("broker"),
            "acl_file": acl,
            "persistence_location": try workspace.directory("broker") + "/",
            "user": NSUserName(),
        ]
        let model = Workspace.repository.appending(path: "broker-config/mosquitto.conf")
        let lines = try String(contentsOf: model, encoding: .utf8)
            .split(separator: "\n").map { line in
                let key = line.prefix { $0 != " " }
                return values[String(key)].map { "\(key) \($0)" } ?? String(line)
            }
        let file = workspace.path("mosquitto.conf")
        try (lines.joined(separator: "\n") + "\n")
            .write(toFile: file, atomically: true, encoding: .utf8)
        process = try ChildProcess(
            Workspace.systemProgram("mosquitto"), ["-c", file],
            log: workspace.path("mosquitto.log"))
        try Wait.until("mosquitto on port \(port)", seconds: 10) {
            guard process.isRunning else {
                throw BenchError("mosquitto did not start:\n\(process.tail())")
            }
            return Port.isOpen(port)
        }
    }

    deinit { process.killAndWait() }
}
