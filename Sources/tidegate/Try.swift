internal import ArgumentParser
internal import Core
internal import Export
internal import Gateway
internal import Simulator
internal import Trial

struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a configuration over a recording and prints what comes of it.",
        discussion: """
            Of the configuration only streams, fusions, alarms and limits matter: no broker, \
            store or receiver is needed. A .csv is read as by 'tidegate simulate csv'. A .jsonl \
            has a message a line: {"topic": ..., "payload": ... or "payload_b64": ..., "ts": ms or \
            RFC 3339}; 'mosquitto_sub -F %j' writes such. Both may be .zst. Exit code 1 when no \
            message was understood.
            """)

    @Option(help: "The configuration; see docs/configuration.md.")
    var config: String

    @Option(help: ArgumentHelp("The recording; - for standard input.", valueName: "file"))
    var input: String

    @Option(help: "csv or jsonl (default: by the name of the file).")
    var inputFormat: RecordingFormat?

    @OptionGroup var csv: TryColumns

    @Option(help: ArgumentHelp("Ends after so many rows or messages.", valueName: "n"))
    var rows: Int?

    @Option(help: "table or ndjson.")
    var format = TrialPrinter.Format.table

    @Flag(help: "Prints as well what would be published to the local broker.")
    var publications = false

    @Flag(
        inversion: .prefixedNo,
        help: "At the end time goes on until the windows close that close in silence.")
    var untilSilence = true

    func validate() throws {
        guard rows ?? 0 >= 0 else { throw ValidationError("--rows can't be negative.") }
        guard let known = recordingFormat else {
            throw ValidationError("'\(input)' does not tell its format: say --input-format.")
        }
        try csv.validate(for: known)
    }

    func run() throws {
        let plan: Plan
        do {
            plan = try ConfigurationReader.plan(file: config)
        } catch {
            throw GatewayConfiguration.complain(error)
        }
        do {
            if let columns = try csv.replay {
                var recording = try CSVRecording(
                    path: input, columns: columns, rows: rows ?? .max)
                try run(plan, over: &recording)
            } else {
                var recording = try LinesRecording(
                    path: input, zone: csv.timeZone, rows: rows ?? .max)
                try run(plan, over: &recording)
            }
        } catch Output.Failure.readerGone {
            return
        } catch let exit as ExitCode {
            throw exit
        } catch {
            Output.complain("tidegate: \(error)")
            throw ExitCode.failure
        }
    }

    private var recordingFormat: RecordingFormat? { inputFormat ?? RecordingFormat(path: input) }

    private func run<R: Recording & ~Copyable>(_ plan: Plan, over recording: inout R) throws {
        var trial = TrialRun(plan: plan)
        var printer = TrialPrinter(format, showsPublications: publications, to: .standard())
        var failure: RecordingError?
        do {
            try trial.run(over: &recording, untilSilence: untilSilence) {
                time, effects throws(Output.Failure) in try printer.take(time, effects)
            }
        } catch .recording(let error) {
            failure = error
        } catch .step(let error) {
            throw error
        }
        let figures = trial.figures
        try printer.end(figures)
        // What was read before it is shown.
        if let failure { throw failure }
        guard figures.hasRead else {
            Output.complain("tidegate: no message was understood")
            throw ExitCode.failure
        }
    }
}

extension RecordingFormat: ExpressibleByArgument {}
extension TrialPrinter.Format: ExpressibleByArgument {}
