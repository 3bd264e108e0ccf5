internal import ArgumentParser
internal import Simulator

/// Where the simulated devices connect and where the truth goes: the same for both.
struct SimulateBroker: ParsableArguments {
    @Option(help: ArgumentHelp("The broker, with its TLS port.", valueName: "host:port"))
    var broker: BrokerAddress

    @Option(
        help: ArgumentHelp(
            "The folder with DEVICE.crt and DEVICE.key of each device.", valueName: "dir"))
    var certificates: String

    @Option(
        help: ArgumentHelp(
            "The authorities of the broker's certificate (default: ca.crt in that folder).",
            valueName: "file"))
    var authorities: String?

    @Option(
        help: ArgumentHelp(
            "Gets a line of JSON for each message published.", valueName: "file"))
    var truth: String

    var access: BrokerAccess {
        BrokerAccess(address: broker, certificates: certificates, authorities: authorities)
    }
}
