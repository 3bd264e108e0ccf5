internal import ArgumentParser
internal import Logging
internal import OpenSSL
internal import Receiver
internal import ServiceLifecycle
internal import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take batches in over HTTPS with client certificates.")

    @Option(help: "HOST:PORT to listen on.")
    var listen = ListenAddress("127.0.0.1:8443")!
    @OptionGroup var storage: StorageOption
    @Option(
        help: ArgumentHelp("PEM file of those who issue gateways' certificates.", valueName: "file")
    )
    var authorities: String
    @Option(help: ArgumentHelp("PEM file of our certificate and its chain.", valueName: "file"))
    var certificate: String
    @Option(help: ArgumentHelp("PEM file of our private key.", valueName: "file"))
    var key: String
    @Option(help: "Largest batch as it is sent, in bytes.")
    var maxWireBytes = ReceiverLimits().wireBytes
    @Option(help: "Largest batch decompressed, in bytes.")
    var maxRawBytes = ReceiverLimits().rawBytes
    @Option(help: "Requests at a time; more are told to come again.")
    var maxRequests = ReceiverLimits().concurrentRequests
    @Option(
        help: "trace, debug, info, notice, warning, error or critical.", transform: Self.level)
    var logLevel = Logger.Level.info

    func validate() throws {
        guard maxWireBytes > 0, maxRawBytes > 0, maxRequests > 0 else {
            throw ValidationError("The limits must be above 0.")
        }
    }

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "receiver")
        logger.logLevel = logLevel
        var limits = ReceiverLimits()
        limits.wireBytes = maxWireBytes
        limits.rawBytes = maxRawBytes
        limits.concurrentRequests = maxRequests
        let server = try ReceiverServer(
            address: listen, storage: storage.value,
            files: TLSFiles(authorities: authorities, certificate: certificate, key: key),
            limits: limits, logger: logger)
        var services = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // What is not answered by then is sent again.
        services.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: services).run()
    }

    @Sendable private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("'\(text)' is no log level.")
        }
        return level
    }
}

extension ListenAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
    package var defaultValueDescription: String { "\(host):\(port)" }
}
