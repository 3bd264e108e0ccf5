internal import ArgumentParser
internal import Simulator
internal import Trial

/// What `tidegate try` must know about a CSV file.
struct TryColumns: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of a .csv: the column with the row's moment, or two as Date,Time.",
            valueName: "column"))
    var time: String?

    @Option(
        help: ArgumentHelp(
            "Of a .csv: the topic; {column} is the name of the value's column, {other} the row's "
                + "text there.", valueName: "template"))
    var topic: String?

    @Option(
        help: ArgumentHelp(
            "Of a .csv: the columns to take (default: all but the time and those in the topic).",
            valueName: "a,b"))
    var columns: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The zone of times that name none, such as -05:00.", valueName: "offset"))
    var timeZone = ZoneOffset.utc

    func validate(for format: RecordingFormat) throws {
        switch format {
        case .csv:
            guard time != nil, topic != nil else {
                throw ValidationError("A .csv needs --time and --topic.")
            }
            _ = try template
        case .jsonl:
            guard time == nil, topic == nil, columns == nil else {
                throw ValidationError("--time, --topic and --columns are for a .csv.")
            }
        }
    }

    /// `nil` where there are none.
    var replay: ReplayColumns? {
        get throws {
            guard let time, let template = try template else { return nil }
            return ReplayColumns(
                time: time, template: template,
                values: columns?.split(separator: ",").map(String.init), zone: timeZone)
        }
    }

    private var template: TopicTemplate? {
        get throws {
            do {
                return try topic.map { text throws(SimulatorError) in try TopicTemplate(text) }
            } catch {
                throw ValidationError("\(error).")
            }
        }
    }
}
