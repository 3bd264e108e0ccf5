internal import ArgumentParser
internal import Foundation
internal import Gateway

extension GatewayConfiguration {
    /// Reads the file under the present environment; on mistakes prints all of them and ends.
    static func readOrExit(_ file: String) throws -> GatewayConfiguration {
        do {
            return try ConfigurationReader.read(
                file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw complain(error)
        }
    }

    /// Prints the mistakes, and how many there are.
    static func complain(_ mistakes: Mistakes) -> ExitCode {
        let count = mistakes.list.count
        let summary = count == 1 ? "1 mistake" : "\(count) mistakes"
        StandardError.write("\(mistakes)\n\(summary)\n")
        return .failure
    }
}
