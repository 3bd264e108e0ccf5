internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A broker that has only one thing to do: hand messages to its first subscriber as fast
/// as that takes them. One thread, packets that are ready but for id, time and value.
struct FloodBroker {
    private let port: Int
    private let certificates: String
    private let messages: Int
    private let window: Int
    private let shape: Readings.Shape

    init(_ options: Options) throws(BenchError) {
        port = try options.number("port", default: 0)
        certificates = try options.required("certificates")
        messages = try options.number("messages", default: 500_000)
        window = try options.number("window", default: 2_000)
        shape = try Readings.Shape(options, messages: messages, wallRate: nil)
        guard messages > 0, (4...32_767).contains(window) else {
            throw BenchError("--messages must be above 0, --window from 4 to 32767")
        }
    }

    /// Until it is terminated.
    func run() throws {
        let tls = try TLSSettings.server(certificates, name: "broker")
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536)
            )
            .childChannelInitializer { [messages, window, shape] channel in
                channel.eventLoop.makeCompletedFuture {
                    let flood = Pipeline(
                        messages: messages, window: window, readings: Readings(shape))
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLServerHandler(context: tls), FloodHandler(flood))
                }
            }
            .bind(host: "127.0.0.1", port: port).wait()
        Report.listening(port: channel.localAddress?.port ?? port).send()
        try channel.closeFuture.wait()
    }
}
