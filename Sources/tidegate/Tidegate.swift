internal import ArgumentParser

@main
struct Tidegate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidegate",
        abstract: "Turns a plant's MQTT readings into windows and ships them, whatever happens.",
        subcommands: [
            Run.self, Check.self, Try.self, Decode.self, Learn.self, Status.self, StoreCommand.self,
            Simulate.self,
        ])
}
