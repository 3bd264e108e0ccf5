internal import ServiceLifecycle
internal import Uplink

/// Runs the uplink and writes what happens on the link to the board and the log.
struct UplinkService: Service {
    let uplink: Uplink
    let transport: HTTPSTransport

    func run() async throws {
        await cancelWhenGracefulShutdown { await uplink.run() }
        try await transport.shutDown()
    }
}
