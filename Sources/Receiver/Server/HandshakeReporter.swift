internal import Logging
internal import NIOCore
internal import NIOSSL

/// Says in the log which client failed at TLS, and why: the client often can't tell.
final class HandshakeReporter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        // Clients that leave without TLS's good-bye are everyday life.
        case NIOSSLError.uncleanShutdown: break
        case is NIOSSLError, is BoringSSLError:
            let address = context.remoteAddress
            let client = "\(address?.ipAddress ?? "?"):\(address?.port ?? 0)"
            logger.warning(
                "a client failed at TLS: \(Self.reasons(in: "\(error)"))",
                metadata: ["client": "\(client)"])
        default: break
        }
        context.fireErrorCaught(error)
    }

    /// BoringSSL's names for what went wrong, without the places in its source:
    /// `PEER_DID_NOT_RETURN_A_CERTIFICATE`.
    static func reasons(in description: String) -> String {
        let marked = description.split(separator: "OPENSSL_internal:").dropFirst()
        let names = marked.map { $0.prefix { $0 != " " } }
        return names.isEmpty ? description : names.joined(separator: ", ")
    }
}
