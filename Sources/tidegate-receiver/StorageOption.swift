internal import ArgumentParser
internal import Receiver

struct StorageOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the ledger and the batches.", valueName: "folder"))
    var storage: String

    var value: Storage { Storage(folder: storage) }
}
