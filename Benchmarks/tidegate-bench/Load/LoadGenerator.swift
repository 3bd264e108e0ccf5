internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Publishes for all sensors over one connection: as fast as the broker acknowledges, or
/// at a rate. Cheap, so that it takes little from the machine that it shares.
struct LoadGenerator {
    private let port: Int
    private let certificates: String
    private let messages: Int
    private let window: Int
    /// Messages a second; nil is as fast as can be.
    private let rate: Int?
    private let shape: Readings.Shape

    init(_ options: Options) throws(BenchError) {
        port = try options.number("port", default: 8_883)
        certificates = try options.required("certificates")
        messages = try options.number("messages", default: 300_000)
        window = try options.number("window", default: 1_000)
        let rate = try options.number("rate", default: 0)
        self.rate = rate == 0 ? nil : rate
        shape = try Readings.Shape(options, messages: messages, wallRate: self.rate)
        guard messages > 0, (4...32_767).contains(window) else {
            throw BenchError("--messages must be above 0, --window from 4 to 32767")
        }
    }

    /// Until each message is acknowledged.
    func run() throws {
        let tls = try TLSSettings.client(certificates, name: "load")
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [messages, window, rate, shape] channel in
                channel.eventLoop.makeCompletedFuture {
                    let load = Pipeline(
                        messages: messages, window: window, readings: Readings(shape))
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLClientHandler(context: tls, serverHostname: "localhost"),
                        LoadHandler(load, rate: rate))
                }
            }
            .connect(host: "127.0.0.1", port: port).wait()
        try channel.closeFuture.wait()
    }
}
