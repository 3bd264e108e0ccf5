package import Foundation

/// A program run to its end.
package enum Command {
    /// - Returns: its standard output.
    /// - Throws: `RigError` with its standard error when it fails or takes too long.
    @discardableResult
    package static func run(
        _ program: String, _ arguments: [String], seconds: Double = 60
    ) throws -> Data {
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "tidegate-command-\(UUID().uuidString)")
        let (output, log) = (scratch.path + ".out", scratch.path + ".err")
        defer { for path in [output, log] { try? FileManager.default.removeItem(atPath: path) } }
        let process = try ChildProcess(program, arguments, log: log, output: output)
        defer { process.killAndWait() }
        let code = try process.wait(seconds: seconds)
        guard code == 0 else {
            throw RigError("\(process.name) ended with \(code):\n\(process.tail())")
        }
        return try Data(contentsOf: URL(filePath: output))
    }
}
