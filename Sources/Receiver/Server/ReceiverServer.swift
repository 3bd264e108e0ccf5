package import Core
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
internal import NIOSSL
package import OpenSSL
internal import ServiceLifecycle

/// HTTPS for gateways: TLS 1.3, and only with a certificate from our authorities.
package struct ReceiverServer: Service {
    private let address: ListenAddress
    private let application: Application<Responder>

    /// - Parameter onListening: told the port, which the system chose if 0 was asked for.
    /// - Throws: `TLSError` or `StorageError` for what would let no batch in.
    package init(
        address: ListenAddress, storage: Storage, files: TLSFiles,
        limits: ReceiverLimits = ReceiverLimits(),
        logger: Logger, now: @escaping @Sendable () -> Timestamp = { .now },
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.address = address
        try files.check(now: now().microseconds / 1_000_000)
        let intake = try Intake(storage: storage, limits: limits, logger: logger, now: now)
        application = Application(
            responder: Responder(
                intake: intake, limits: limits,
                gate: RequestGate(places: limits.concurrentRequests), logger: logger),
            server: try .tls(
                Self.http(limits, logger), tlsConfiguration: Self.configuration(files)),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { channel in
                onListening(channel.localAddress?.port ?? address.port)
            },
            logger: logger)
    }

    package func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw ListenError(address: address, reason: error.description)
        }
    }

    private static func http(_ limits: ReceiverLimits, _ logger: Logger) -> HTTPServerBuilder {
        .http1(
            configuration: .init(
                additionalChannelHandlers: [HandshakeReporter(logger: logger)],
                idleTimeout: .seconds(limits.idleSeconds),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerBytes / 2,
                    maxHeaderListSize: limits.headerBytes, maxHeaderFieldCount: 100)))
    }

    private static func configuration(_ files: TLSFiles) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate)
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv13
        // A gateway's certificate names the gateway, not the host that it calls from.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMFile(files.authorities))
        return configuration
    }
}
