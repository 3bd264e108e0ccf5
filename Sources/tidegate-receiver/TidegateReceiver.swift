internal import ArgumentParser

@main
struct TidegateReceiver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidegate-receiver",
        abstract: "Takes in the batches of Tidegate gateways, keeps them, and gives them out.",
        subcommands: [ServeCommand.self, AuditCommand.self, ExportCommand.self])
}
