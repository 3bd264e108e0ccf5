internal import Foundation
internal import Rig

/// A process of this same program, heard line by line.
final class Part {
    let process: ChildProcess
    private let output: String
    private var heard = 0

    init(
        _ name: String, _ arguments: [String], certificates: Certificates,
        in workspace: Workspace
    ) throws {
        output = workspace.path("\(name).out")
        process = try ChildProcess(
            Workspace.program("tidegate-bench"),
            [name, "--certificates", certificates.directory] + arguments,
            log: workspace.path("\(name).log"), output: output)
    }

    deinit { process.killAndWait() }

    /// Blocks until the next report.
    func report(_ what: String, within seconds: Double = 20) throws -> Report {
        try Wait.answer(what, seconds: seconds) {
            let isRunning = process.isRunning
            let text = try String(contentsOfFile: output, encoding: .utf8)
            // What follows the last line break is a line that is still being written.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            guard heard < lines.count else {
                if isRunning { return nil }
                throw BenchError("\(what): the process ended\n\(process.tail())")
            }
            heard += 1
            return try JSONDecoder().decode(Report.self, from: Data(lines[heard - 1].utf8))
        }
    }
}
