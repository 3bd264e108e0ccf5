internal import ArgumentParser
internal import Gateway
internal import Store

struct StoreVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Reads all of a store and says what is wrong with it.",
        discussion: "Changes nothing; a gateway may run on it. Exit code 1 for any fault.")

    @OptionGroup var store: StoreArgument

    func run() throws {
        do {
            let verification = try StoreVerification(file: store.file)
            print(verification)
            guard verification.isSound else { throw ExitCode.failure }
        } catch let error as StoreError {
            StandardError.write("tidegate: \(error)\n")
            throw ExitCode.failure
        }
    }
}
