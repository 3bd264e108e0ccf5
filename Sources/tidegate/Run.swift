internal import ArgumentParser
internal import Foundation
internal import Gateway
internal import Logging

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the gateway until SIGTERM or SIGINT.")

    @Option(help: "The configuration; see docs/configuration.md.")
    var config: String

    func run() async throws {
        let settings = try GatewayConfiguration.readOrExit(config)
        let shipper = LogShipper()
        let logger = Logger(label: "tidegate") { label in
            GatewayLogHandler(
                label: label, level: settings.logLevel, shipper: shipper, now: SystemClock.now)
        }
        do {
            try await Gateway(
                configuration: settings, file: config, shipper: shipper, logger: logger
            ).run()
        } catch let mistakes as Mistakes {
            throw GatewayConfiguration.complain(mistakes)
        } catch {
            StandardError.write("tidegate: \(error)\n")
            throw ExitCode.failure
        }
    }
}
