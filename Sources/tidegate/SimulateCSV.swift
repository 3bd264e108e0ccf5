internal import ArgumentParser
internal import Simulator

struct SimulateCSV: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv",
        abstract: "Replays a CSV file, a message for each cell that is not empty.")

    @Argument(help: "A .csv or .csv.zst file; its first row names the columns.")
    var file: String

    @OptionGroup var broker: SimulateBroker

    @Option(
        help: ArgumentHelp(
            "The column with the row's moment, or two as Date,Time.", valueName: "column"))
    var time: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The zone of times that name none, such as -05:00.", valueName: "offset"))
    var timeZone = ZoneOffset.utc

    @Option(
        help: ArgumentHelp(
            "The topic; {column} is the name of the value's column, {other} the row's text there.",
            valueName: "template"))
    var topic: String

    @Option(help: ArgumentHelp("The certificate to use, and the client id.", valueName: "name"))
    var device: String

    @Option(help: ArgumentHelp("How many times faster than the file.", valueName: "n"))
    var speed = 1.0

    @Option(
        help: ArgumentHelp(
            "Columns to publish (default: all but the time and those in the topic).",
            valueName: "a,b"))
    var columns: String?

    @Option(help: ArgumentHelp("Ends after so many rows.", valueName: "n"))
    var rows: Int?

    @Option(
        help: ArgumentHelp(
            "Shortens longer pauses of the file to this, before --speed.", valueName: "time"))
    var maxGap: TimeSpan?

    func validate() throws {
        guard speed > 0 else { throw ValidationError("--speed must be above 0, not \(speed).") }
        guard rows ?? 0 >= 0 else { throw ValidationError("--rows can't be negative.") }
    }

    func run() throws {
        let run = ReplayRun(
            access: broker.access, device: device, truth: broker.truth, file: file,
            columns: ReplayColumns(
                time: time, template: try TopicTemplate(topic),
                values: columns?.split(separator: ",").map(String.init), zone: timeZone),
            rows: rows,
            pace: ReplayPace(
                speed: speed, longestGap: maxGap.map { Int64($0.seconds * 1_000) }))
        try finish(run.run(report: report))
    }
}
