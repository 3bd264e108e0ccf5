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
            let client = context.remoteAddress?.description ?? "unknown"
            logger.warning(
                "a client failed at TLS: \(error)", metadata: ["client": "\(client)"])
        default: break
        }
        context.fireErrorCaught(error)
    }
}
