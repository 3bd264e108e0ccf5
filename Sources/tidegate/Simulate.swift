internal import ArgumentParser

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publishes as a plant's sensors would, and writes down what it published.",
        subcommands: [SimulatePlant.self, SimulateCSV.self])
}
