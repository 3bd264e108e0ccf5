internal import ArgumentParser
internal import Console
internal import Foundation
internal import Gateway

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says how a gateway is, running or not.",
        discussion: "Exit code 0 when it runs without an obstacle, 1 otherwise.")

    @Option(help: "The gateway's configuration.")
    var config: String

    @Flag(help: "As JSON.")
    var json = false

    func run() async throws {
        let settings = try GatewayConfiguration.readOrExit(config)
        let report: StatusReport
        do {
            report = try await StatusReport.fetch(settings)
        } catch {
            StandardError.write("tidegate: the gateway does not answer, and: \(error)\n")
            throw ExitCode.failure
        }
        print(json ? try report.status.json() : report.text)
        guard case .running(let status) = report, status.obstacles.isEmpty else {
            throw ExitCode.failure
        }
    }
}
