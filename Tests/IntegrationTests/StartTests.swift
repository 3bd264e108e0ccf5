import Foundation
import Rig
import Testing

extension OnRealParts {
    /// What a person sees who got something wrong.
    @Suite struct StartTests {
        private let workspace: Workspace
        private let certificates: Certificates
        private let ports: [Int]

        init() throws {
            workspace = try Workspace(name: "start")
            certificates = try Certificates(
                in: workspace, names: ["broker", "receiver", "gateway-1", "other"])
            ports = try Port.free(3)
        }

        private func yaml() throws -> String {
            var configuration = GatewayConfiguration.plant
            configuration.storage = try workspace.directory("store")
            configuration.brokerPort = ports[0]
            configuration.uplinkPort = ports[1]
            configuration.consolePort = ports[2]
            return configuration.yaml(certificates)
        }

        /// Starts the gateway; what it says and its exit code, if it ends by itself.
        private func start(_ yaml: String, command: [String] = ["run", "--config"]) throws -> (
            code: Int32, text: String
        ) {
            let file = workspace.path("gateway.yaml")
            try yaml.write(toFile: file, atomically: true, encoding: .utf8)
            let log = workspace.path("log-\(UUID().uuidString.prefix(6))")
            let process = try ChildProcess(
                Workspace.program("tidegate"), command + [file], log: log)
            defer { process.killAndWait() }
            let code = try process.wait(seconds: 10)
            return (code, try String(contentsOfFile: log, encoding: .utf8))
        }

        private func expectRefused(_ yaml: String, _ expected: String...) throws {
            for command in [["run", "--config"], ["check"]] {
                let (code, text) = try start(yaml, command: command)
                #expect(code == 1, "\(command): \(text)")
                for part in expected { #expect(text.contains(part), "\(command): \(text)") }
            }
        }

        @Test func filesThatCannotWorkStopTheStart() throws {
            defer { workspace.remove() }
            let good = try yaml()
            let (code, text) = try start(good, command: ["check"])
            #expect(code == 0, "\(text)")
            let key = certificates.key("gateway-1")
            try expectRefused(
                good.replacingOccurrences(of: key, with: "/nowhere.key"),
                "/nowhere.key: can't read the private key")
            try expectRefused(
                good.replacingOccurrences(of: key, with: certificates.key("other")),
                "is not the key of \(certificates.certificate("gateway-1"))")
            try expectRefused(
                good.replacingOccurrences(of: "gateway: gateway-1", with: "gateway: gateway-2"),
                "'gateway-2'", "must be the same")
            try expectRefused(
                good.replacingOccurrences(of: "payload: json", with: "payload: json\n    prise: 1"),
                "prise: unknown key", "gateway.yaml:")
            try expectRefused(good + "\n\tx: [", "gateway.yaml:")
        }

        @Test func anExpiredCertificateStopsTheStart() throws {
            defer { workspace.remove() }
            let folder = certificates.directory
            let openssl = "/usr/bin/openssl"
            try Command.run(
                openssl,
                [
                    "req", "-new", "-key", certificates.key("gateway-1"), "-subj",
                    "/CN=gateway-1", "-out", "\(folder)/expired.csr",
                ])
            try Command.run(
                openssl,
                [
                    "x509", "-req", "-in", "\(folder)/expired.csr", "-CA", "\(folder)/ca.crt",
                    "-CAkey", "\(folder)/ca.key", "-set_serial", "7", "-days", "-1", "-out",
                    "\(folder)/expired.crt",
                ])
            let yaml = try yaml().replacingOccurrences(
                of: certificates.certificate("gateway-1"), with: "\(folder)/expired.crt")
            try expectRefused(yaml, "expired.crt: the certificate expired on")
        }

        /// A broker that is not there is no error; one that proves to be somebody else is
        /// never spoken to, and both are said.
        @Test func theBrokerIsWaitedForAndMustProveItself() throws {
            defer { workspace.remove() }
            let file = workspace.path("gateway.yaml")
            try yaml().write(toFile: file, atomically: true, encoding: .utf8)
            let process = try ChildProcess(
                Workspace.program("tidegate"), ["run", "--config", file],
                log: workspace.path("gateway.log"))
            defer { process.killAndWait() }
            try waitUntilReadyz(says: "Connection refused")
            // The same name, but from another authority.
            let strangers = try Certificates(
                in: Workspace(name: "strangers"), names: ["broker", "gateway-1"])
            let stranger = try Broker(in: workspace, certificates: strangers, port: ports[0])
            try waitUntilReadyz(says: "certificate verify failed")
            stranger.process.killAndWait()
            let broker = try Broker(in: workspace, certificates: certificates, port: ports[0])
            defer { broker.process.killAndWait() }
            try waitUntilReadyz(says: "ready")
            process.terminate()
            let code = try process.wait(seconds: 10)
            #expect(code == 0, "\(process.tail(40))")
        }

        @Test func aTakenPortIsNamed() throws {
            defer { workspace.remove() }
            let other = try Link(to: ports[0])
            defer { other.cut() }
            let taken = try yaml().replacingOccurrences(
                of: "port: \(ports[2])", with: "port: \(other.port)")
            let (code, text) = try start(taken)
            #expect(code == 1)
            #expect(text.contains("can't listen on 127.0.0.1:\(other.port)"), "\(text)")
            #expect(text.contains("METRICS_PORT"))
        }

        @Test func aWrongHostNameIsNeverSpokenTo() throws {
            defer { workspace.remove() }
            let broker = try Broker(in: workspace, certificates: certificates, port: ports[0])
            defer { broker.process.killAndWait() }
            let file = workspace.path("gateway.yaml")
            // Another way to write 127.0.0.1, which the certificate does not carry.
            try yaml().replacingOccurrences(of: "host: localhost", with: "host: '127.1'")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let process = try ChildProcess(
                Workspace.program("tidegate"), ["run", "--config", file],
                log: workspace.path("gateway.log"))
            defer { process.killAndWait() }
            try waitUntilReadyz(says: "certificate verify failed")
        }

        private func waitUntilReadyz(says text: String) throws {
            try Wait.until("'\(text)' in /readyz", seconds: 20) {
                HTTP.get("/readyz", port: ports[2])
                    .map { String(decoding: $0.body, as: UTF8.self).contains(text) } ?? false
            }
        }
    }
}
