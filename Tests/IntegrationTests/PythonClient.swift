import Foundation
import Rig
import Testing

/// A program in `Clients`, with a virtual environment of its own from PyPI, made once for a
/// checkout.
struct PythonClient: Sendable, CustomTestStringConvertible {
    let name: String
    let packages: [String]

    static let tahu = PythonClient(
        name: "tahu", packages: ["tahu==0.1.2", "protobuf==3.19.1", "paho-mqtt==1.6.1"])
    static let pysparkplug = PythonClient(
        name: "pysparkplug",
        packages: ["pysparkplug==0.6.1", "protobuf==7.36.2", "paho-mqtt==1.6.1"])

    var testDescription: String { name }

    private var folder: String {
        Workspace.repository.appending(path: ".build/python/\(name)").path
    }

    /// - Returns: why there is none.
    func prepare() throws -> String? {
        let ready = "\(folder)/\(packages.joined(separator: "_"))"
        guard !FileManager.default.fileExists(atPath: ready) else { return nil }
        let steps = [
            ["/usr/bin/env", "python3", "-m", "venv", "--clear", folder],
            [
                "\(folder)/bin/pip", "--disable-pip-version-check", "--retries", "1", "--timeout",
                "10", "install", "--quiet",
            ] + packages,
        ]
        for step in steps {
            let outcome = try Command.outcome(
                of: step[0], Array(step.dropFirst()), seconds: 180)
            guard outcome.code == 0 else {
                return "'\(step.joined(separator: " "))' says\n\(outcome.complaints)"
            }
        }
        try Data().write(to: URL(filePath: ready))
        return nil
    }

    /// Edge node `node-1` with one device.
    ///
    /// - Parameter count: 0: until it is killed.
    func run(device: String, from first: Int, count: Int = 0, in plant: Plant) throws -> Run {
        let output = plant.workspace.path("\(device).out")
        let script = Workspace.repository
            .appending(path: "Tests/IntegrationTests/Clients/\(name)_node.py").path
        let process = try ChildProcess(
            "\(folder)/bin/python",
            [
                script, "\(plant.broker.port)", plant.certificates.directory, "node-1", device,
                "\(first)", "\(count)",
            ], log: plant.workspace.path("\(device).log"), output: output)
        return Run(process: process, output: output)
    }

    struct Run {
        let process: ChildProcess
        fileprivate let output: String

        /// What it told, a line each.
        var told: [Substring] {
            get throws {
                try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            }
        }

        /// The last value that it was about to publish.
        var lastValue: Int? {
            get throws {
                try told.last { $0.hasPrefix("value ") }.flatMap { Int($0.dropFirst(6)) }
            }
        }

        func wait(for what: String, _ condition: () throws -> Bool) throws {
            do {
                try Wait.until(what, seconds: 60) { try process.isRunning && condition() }
            } catch {
                let told = try told.suffix(5).joined(separator: "\n")
                throw RigError("\(error); the client told\n\(told)\n\(process.tail())")
            }
        }
    }
}
