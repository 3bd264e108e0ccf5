internal import ArgumentParser
internal import Simulator

struct SimulatePlant: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plant",
        abstract: "A pump with motor and bearing, measured by seven devices.",
        discussion: """
            Devices: tc-1, tc-2 (drifts), tc-3 (sticks now and then), pump-1, flow-1, pressure-1
            and vibration-1, each with its own certificate and connection. It ends after
            --readings or --duration, or on Ctrl-C, when the broker has acknowledged everything.
            """)

    @OptionGroup var broker: SimulateBroker

    @Option(help: ArgumentHelp("Readings a second of each sensor.", valueName: "n"))
    var rate = 5.0

    @Option(help: ArgumentHelp("Ends after so many readings of each sensor.", valueName: "n"))
    var readings: Int?

    @Option(help: ArgumentHelp("Ends after this time, such as 60s or 5m.", valueName: "time"))
    var duration: TimeSpan?

    @Option(help: "The same seed gives the same values.")
    var seed: UInt64 = 1

    @Option(help: "The second level of the topics.")
    var line = "1"

    func validate() throws {
        guard rate > 0, rate <= 500 else {
            throw ValidationError("--rate must be above 0 and at most 500, not \(rate).")
        }
        guard readings ?? 0 >= 0 else { throw ValidationError("--readings can't be negative.") }
        guard readings == nil || duration == nil else {
            throw ValidationError("Give --readings or --duration, not both.")
        }
        guard !line.isEmpty, !line.contains(where: { "+#/".contains($0) }) else {
            throw ValidationError("--line must be one level of a topic, without '/', '+' and '#'.")
        }
    }

    func run() throws {
        let run = PlantRun(
            access: broker.access, truth: broker.truth, line: line, rate: rate,
            readings: readings ?? duration.map { Int(($0.seconds * rate).rounded()) }, seed: seed)
        try finish(run.run(report: report))
    }
}
