internal import ArgumentParser
internal import Foundation
internal import Store

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "For who holds the disk: a gateway's store from outside.",
        subcommands: [StoreVerify.self, StoreExport.self, StoreRescueCommand.self])
}

struct StoreArgument: ParsableArguments {
    @Argument(help: "A store's file, or the directory it lies in.")
    var path: String

    var file: String {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        return exists && isDirectory.boolValue ? "\(path)/\(StoreFile.name)" : path
    }
}
