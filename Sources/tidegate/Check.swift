internal import ArgumentParser
internal import Foundation
internal import Gateway

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds every mistake in a configuration, its certificates included.")

    @Argument(help: "The configuration.")
    var file: String

    func run() throws {
        let settings = try GatewayConfiguration.readOrExit(file)
        let mistakes = ConfigurationCheck.files(settings, file: file, now: Date())
        guard mistakes.isEmpty else {
            throw GatewayConfiguration.complain(Mistakes(list: mistakes))
        }
        print(settings.summary)
    }
}
