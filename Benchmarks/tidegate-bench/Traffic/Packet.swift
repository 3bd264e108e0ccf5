internal import NIOCore

/// The packets of MQTT 3.1.1 that either end has to understand here.
enum Packet {
    /// - Parameter level: 4 of MQTT 3.1.1, 5 of MQTT 5.
    case connect(level: UInt8)
    case connack(code: UInt8)
    case puback(UInt16)
    case subscribe(UInt16, filters: Int)
    case pingreq
    case disconnect
    case other(type: UInt8)

    static let connackAccepted: [UInt8] = [0x20, 2, 0, 0]
    /// "Unacceptable protocol version": the client comes again with an older one.
    static let connackOtherVersion: [UInt8] = [0x20, 2, 0, 1]
    static let pingresp: [UInt8] = [0xD0, 0]

    static func suback(_ packetID: UInt16, filters: Int) -> [UInt8] {
        [0x90, UInt8(2 + filters), UInt8(packetID >> 8), UInt8(truncatingIfNeeded: packetID)]
            + [UInt8](repeating: 1, count: filters)
    }

    /// CONNECT with a clean session and no keep-alive.
    static func connect(clientID: String) -> [UInt8] {
        let id = Array(clientID.utf8)
        return [0x10, UInt8(12 + id.count), 0, 4] + Array("MQTT".utf8) + [4, 2, 0, 0]
            + [0, UInt8(id.count)] + id
    }
}

/// Cuts the stream of bytes into packets.
struct PacketReader {
    private var pending = ByteBuffer()

    mutating func feed(_ bytes: ByteBuffer) {
        guard pending.readableBytes > 0 else {
            pending = bytes
            return
        }
        pending.writeImmutableBuffer(bytes)
    }

    /// The next whole packet; nil where more bytes are needed.
    mutating func next() throws(BenchError) -> Packet? {
        let begin = pending.readerIndex
        guard let first = pending.readInteger(as: UInt8.self), let length = try readLength(),
            pending.readableBytes >= length
        else {
            pending.moveReaderIndex(to: begin)
            return nil
        }
        let end = pending.readerIndex + length
        defer { pending.moveReaderIndex(to: end) }
        switch first >> 4 {
        case 1:
            // Behind the protocol's name, "MQTT".
            return .connect(level: pending.getInteger(at: pending.readerIndex + 6) ?? 0)
        case 2: return .connack(code: pending.getInteger(at: pending.readerIndex + 1) ?? 0xFF)
        case 4: return .puback(pending.readInteger() ?? 0)
        case 8: return .subscribe(pending.readInteger() ?? 0, filters: countFilters(until: end))
        case 12: return .pingreq
        case 14: return .disconnect
        case let type: return .other(type: type)
        }
    }

    private mutating func readLength() throws(BenchError) -> Int? {
        var length = 0
        for shift in stride(from: 0, to: 28, by: 7) {
            guard let byte = pending.readInteger(as: UInt8.self) else { return nil }
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length }
        }
        throw BenchError("a remaining length of more than four bytes: is this MQTT?")
    }

    private mutating func countFilters(until end: Int) -> Int {
        var count = 0
        while pending.readerIndex < end, let length = pending.readInteger(as: UInt16.self) {
            pending.moveReaderIndex(forwardBy: min(Int(length) + 1, end - pending.readerIndex))
            count += 1
        }
        return count
    }
}
