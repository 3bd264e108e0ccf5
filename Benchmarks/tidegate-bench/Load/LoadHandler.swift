internal import Foundation
internal import NIOCore
internal import NIOSSL

/// The load generator's side of its connection.
final class LoadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var packets = PacketReader()
    private var load: Pipeline
    private let rate: Int?
    private var start: Double?

    init(_ load: Pipeline, rate: Int?) {
        self.load = load
        self.rate = rate
    }

    func channelActive(context: ChannelHandlerContext) {
        let connect = context.channel.allocator.buffer(bytes: Packet.connect(clientID: "load"))
        context.writeAndFlush(wrapOutboundOut(connect), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        packets.feed(unwrapInboundIn(data))
        do {
            while let packet = try packets.next() {
                switch packet {
                case .puback(let packetID): try load.acknowledge(packetID)
                case .connack(code: 0): begin(context)
                default: throw BenchError("the broker answered \(packet)")
                }
            }
        } catch {
            errorCaught(context: context, error: error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if load.isComplete {
            Report.finished(messages: load.acknowledged, at: Monotonic.now).send()
            exit(0)
        }
        if start != nil, rate == nil, load.isWorthSending { publish(load.room, context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        errorCaught(context: context, error: BenchError("the broker closed the connection"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let said = "load: after \(load.acknowledged) acknowledgements: \(error)\n"
        FileHandle.standardError.write(Data(said.utf8))
        exit(1)
    }

    private func begin(_ context: ChannelHandlerContext) {
        let start = Monotonic.now
        self.start = start
        Report.started(at: start).send()
        guard let rate else { return publish(load.room, context) }
        keepPace(rate, since: start, context)
    }

    /// A few messages each millisecond, as from sensors that know nothing of each other.
    private func keepPace(_ rate: Int, since start: Double, _ context: ChannelHandlerContext) {
        let due = Int((Monotonic.now - start) * Double(rate)) - load.sent
        publish(min(due, load.room), context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) {
            self.keepPace(rate, since: start, context)
        }
    }

    private func publish(_ count: Int, _ context: ChannelHandlerContext) {
        guard count > 0 else { return }
        load.take(count, allocator: context.channel.allocator) {
            context.write(wrapOutboundOut($0), promise: nil)
        }
        context.flush()
    }
}
