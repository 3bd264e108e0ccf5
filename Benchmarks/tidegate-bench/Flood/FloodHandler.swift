internal import Foundation
internal import NIOCore

/// The flood broker's side of one connection.
final class FloodHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var packets = PacketReader()
    private var flood: Pipeline
    private var state = State.waiting

    private enum State { case waiting, subscribed, flowing, complete }

    init(_ flood: Pipeline) { self.flood = flood }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        packets.feed(unwrapInboundIn(data))
        do {
            while let packet = try packets.next() { try answer(packet, context) }
        } catch {
            errorCaught(context: context, error: error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard state == .flowing else { return }
        if flood.isComplete {
            state = .complete
            Report.finished(messages: flood.acknowledged, at: Monotonic.now).send()
        } else if flood.isWorthSending {
            pour(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard state == .flowing else { return }
        fail("the subscriber left after \(flood.acknowledged) acknowledgements")
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Whoever only knocks, or ends without a TLS farewell, does no harm.
        if state == .flowing { fail("\(error)") }
        context.close(promise: nil)
    }

    private func answer(_ packet: Packet, _ context: ChannelHandlerContext) throws(BenchError) {
        switch packet {
        case .puback(let packetID): try flood.acknowledge(packetID)
        case .connect(level: 4): reply(Packet.connackAccepted, context)
        case .connect:
            reply(Packet.connackOtherVersion, context)
            context.close(promise: nil)
        case .pingreq: reply(Packet.pingresp, context)
        case .disconnect: context.close(promise: nil)
        case .subscribe(let packetID, let filters):
            reply(Packet.suback(packetID, filters: filters), context)
            begin(context)
        case .connack, .other: throw BenchError("unexpected from a subscriber: \(packet)")
        }
    }

    /// A moment after the subscription, so that start-up is not in what is measured.
    private func begin(_ context: ChannelHandlerContext) {
        guard state == .waiting else { return }
        state = .subscribed
        Report.subscribed.send()
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            self.state = .flowing
            Report.started(at: Monotonic.now).send()
            self.pour(context)
        }
    }

    private func pour(_ context: ChannelHandlerContext) {
        flood.take(flood.room, allocator: context.channel.allocator) {
            context.write(wrapOutboundOut($0), promise: nil)
        }
        context.flush()
    }

    private func reply(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func fail(_ problem: String) {
        FileHandle.standardError.write(Data("flood broker: \(problem)\n".utf8))
        exit(1)
    }
}
