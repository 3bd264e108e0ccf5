internal import Foundation

/// The real broker, with the values of broker-config, an empty memory, and an access list
/// that lets one load generator speak for all sensors.
struct Mosquitto {
    let port: Int
    private let child: Child

    init(_ workshop: Workshop, in directory: Directory) throws {
        port = try Loopback.freePort()
        let acl = try directory.write(
            "user gateway-1\ntopic read plant/#\nuser load\ntopic write plant/#\n", to: "acl")
        let certificates = workshop.certificates
        let values = [
            "listener": "\(port) 127.0.0.1",
            "cafile": "\(certificates)/ca.crt",
            "certfile": "\(certificates)/broker.crt",
            "keyfile": "\(certificates)/broker.key",
            "acl_file": acl,
            "persistence_location": directory.path + "/",
            "user": NSUserName(),
        ]
        let model = try String(contentsOfFile: "broker-config/mosquitto.conf", encoding: .utf8)
        let lines = model.split(separator: "\n").map { line in
            let key = line.prefix { $0 != " " }
            return values[String(key)].map { "\(key) \($0)" } ?? String(line)
        }
        let file = try directory.write(lines.joined(separator: "\n") + "\n", to: "mosquitto.conf")
        child = try Child("mosquitto", "/usr/sbin/mosquitto", ["-c", file], in: directory)
        try wait(for: "mosquitto to listen", child) { [port] in Loopback.accepts(port: port) }
    }

    func stop() { child.stop() }
}
