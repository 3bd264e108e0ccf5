internal import Foundation

/// `tidegate-receiver serve` with an empty ledger.
struct Receiver {
    let port: Int
    private let child: Child
    private let program: String
    private let directory: Directory
    private let storage: String

    init(_ workshop: Workshop, in directory: Directory) throws {
        self.directory = directory
        port = try Loopback.freePort()
        program = try workshop.program("tidegate-receiver")
        storage = try directory.make("receiver").path
        let certificates = workshop.certificates
        child = try Child(
            "tidegate-receiver", program,
            [
                "serve", "--listen", "127.0.0.1:\(port)", "--storage", storage,
                "--authorities", "\(certificates)/ca.crt",
                "--certificate", "\(certificates)/receiver.crt",
                "--key", "\(certificates)/receiver.key",
            ], in: directory)
        try wait(for: "the receiver to listen", child) { [port] in Loopback.accepts(port: port) }
    }

    func audit() throws -> Audit.Records {
        let audit = try Child(
            "audit", program, ["audit", "--storage", storage, "--json"], in: directory)
        let json = try audit.outputUntilEnd(within: 20)
        return try JSONDecoder().decode(Audit.self, from: json).total
    }
}

/// What we read of `tidegate-receiver audit --json`.
struct Audit: Decodable {
    private var gateways: [Gateway]

    struct Records {
        var windows = 0
        /// As they came over the wire.
        var bytes = 0
    }

    var total: Records {
        gateways.flatMap(\.epochs).reduce(into: Records()) { total, epoch in
            total.windows += epoch.records.window
            total.bytes += epoch.bytesWire
        }
    }

    private struct Gateway: Decodable { var epochs: [Epoch] }

    private struct Epoch: Decodable {
        var records: Counts
        var bytesWire: Int
        struct Counts: Decodable { var window: Int }

        private enum CodingKeys: String, CodingKey {
            case records
            case bytesWire = "bytes_wire"
        }
    }
}
