internal import ArgumentParser
internal import Export
internal import Receiver

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the records that are held as text.")

    @OptionGroup var storage: StorageOption
    @Option(help: "ndjson or csv.")
    var format = Exporter.Format.ndjson
    @Option(help: "window, log, gap, event or sample.")
    var kind = ExportSelection.Kind.window
    @Option(help: "Only this gateway's.")
    var gateway: String?
    @Option(help: "Only windows or samples of this stream.")
    var stream: String?
    @Option(help: ArgumentHelp("Only what begins at this time or later.", valueName: "RFC 3339"))
    var from: String?
    @Option(help: ArgumentHelp("Only what begins before this time.", valueName: "RFC 3339"))
    var to: String?
    @Flag(
        help: ArgumentHelp(
            "Each record as it came.",
            discussion: """
                Else the newest revision of a window is written, with its amendments added, and \
                what a gateway sent again after its store had gone back is left out.
                """))
    var raw = false

    func validate() throws {
        guard stream == nil || kind.isOfSeries else {
            throw ValidationError(
                "--stream selects windows and samples; \(kind.rawValue)s belong to none.")
        }
        _ = try selection()
    }

    func run() throws {
        let exporter = try Exporter(storage: storage.value, selection: try selection())
        let whole: Bool
        do {
            whole = try exporter.run(format, to: .standard()) { Output.complain($0) }
        } catch Output.Failure.readerGone {
            return
        }
        guard whole else { throw ExitCode.failure }
    }

    private func selection() throws -> ExportSelection {
        var selection = ExportSelection()
        selection.kind = kind
        selection.gateway = gateway
        selection.stream = stream
        selection.isRaw = raw
        do {
            selection.span = try ExportSpan(from: from, to: to)
        } catch {
            throw ValidationError("\(error).")
        }
        return selection
    }
}

extension Exporter.Format: ExpressibleByArgument {}
extension ExportSelection.Kind: ExpressibleByArgument {}
