package import Foundation

/// A program run to its end.
package enum Command {
    /// What came of it.
    package struct Outcome {
        package let code: Int32
        package let output: Data
        /// Standard error.
        package let complaints: String

        /// Of the output.
        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// - Returns: its standard output.
    /// - Throws: `RigError` with its standard error when it fails or takes too long.
    @discardableResult
    package static func run(
        _ program: String, _ arguments: [String], seconds: Double = 60
    ) throws -> Data {
        let outcome = try outcome(of: program, arguments, seconds: seconds)
        guard outcome.code == 0 else {
            let name = URL(filePath: program).lastPathComponent
            throw RigError("\(name) ended with \(outcome.code):\n\(outcome.complaints)")
        }
        return outcome.output
    }

    /// - Throws: `RigError` when it takes too long.
    package static func outcome(
        of program: String, _ arguments: [String], seconds: Double = 60
    ) throws -> Outcome {
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "tidegate-command-\(UUID().uuidString)")
        let (output, log) = (scratch.path + ".out", scratch.path + ".err")
        defer { for path in [output, log] { try? FileManager.default.removeItem(atPath: path) } }
        let process = try ChildProcess(program, arguments, log: log, output: output)
        defer { process.killAndWait() }
        let code = try process.wait(seconds: seconds)
        return Outcome(
            code: code, output: try Data(contentsOf: URL(filePath: output)),
            complaints: process.tail())
    }
}
