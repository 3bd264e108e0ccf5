internal import ArgumentParser
internal import Core
internal import Gateway
internal import Store

struct StoreRescueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rescue",
        abstract: "Takes what waits in another store over into the gateway's own, to be shipped.",
        discussion: """
            For a store that was set aside, or the disk of a box that died. The gateway must \
            be stopped; it ships the records after its next start. The other store stays as it \
            is; doing it twice does no harm. Records count twice if the other store's own \
            gateway shipped them after the copy was made, or if they were shipped by commits that \
            its lost write-ahead log held: see docs/operations.md.
            """)

    @OptionGroup var store: StoreArgument
    @Option(help: "The gateway's configuration.")
    var config: String

    func run() throws {
        let settings = try GatewayConfiguration.readOrExit(config)
        do {
            let report = try StoreRescue(settings, now: SystemClock.now()).add(from: store.file)
            print("\(report.rescued) records taken over, \(report.unreadable) unreadable")
            guard report.unreadable == 0 else { throw ExitCode.failure }
        } catch let error as StoreError {
            StandardError.write("tidegate: \(error)\n")
            throw ExitCode.failure
        }
    }
}
