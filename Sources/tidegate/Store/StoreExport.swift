internal import ArgumentParser
internal import Export
internal import Store

struct StoreExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the records that wait in a store as NDJSON, a record a line.",
        discussion: """
            Changes nothing; a gateway may run on it. Reads around damage. Batch 0 is of records \
            that were in no batch yet. Exit code 1 if something could not be read.
            """)

    @OptionGroup var store: StoreArgument
    @Flag(help: "Instead, the records of the batches that the receiver refused for good.")
    var setAside = false

    func run() throws {
        let output = Output.standard()
        do {
            let waiting = try StoreRecords(file: store.file)
            let text = NDJSONText()
            var failure: Output.Failure?
            let each = setAside ? waiting.eachSetAside : waiting.each
            let faults = each { records, epoch, sequence in
                guard failure == nil else { return }
                let source = RecordSource(
                    gateway: waiting.gateway, epoch: epoch, sequence: sequence)
                do throws(Output.Failure) {
                    try output.write(text.lines(of: records, from: source))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            try output.flush()
            for fault in faults { Output.complain("tidegate: \(fault)") }
            guard faults.isEmpty else { throw ExitCode.failure }
        } catch Output.Failure.readerGone {
            return
        } catch let error as StoreError {
            Output.complain("tidegate: \(error)")
            throw ExitCode.failure
        }
    }
}
