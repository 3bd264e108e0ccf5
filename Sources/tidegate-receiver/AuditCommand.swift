internal import ArgumentParser
internal import Export
internal import Receiver

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Say what is held, what is missing, what was refused.")

    @OptionGroup var storage: StorageOption
    @Flag(help: "As JSON, for programs.")
    var json = false

    func run() throws {
        let report = try AuditReport(readingIn: storage.value)
        let output = Output.standard()
        do throws(Output.Failure) {
            try output.write(json ? report.json : Array(report.table.utf8))
            try output.flush()
        } catch .readerGone {
            return
        }
    }
}
