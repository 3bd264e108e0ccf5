internal import NIOCore

/// QoS 1 with many messages under way: how many may be sent now, and whether the
/// acknowledgements come in order, as MQTT 3.1.1 (section 4.6) demands.
struct Pipeline {
    let messages: Int
    /// Messages at most that are sent and not acknowledged.
    let window: Int
    private(set) var sent = 0
    private(set) var acknowledged = 0
    private var readings: Readings

    init(messages: Int, window: Int, readings: Readings) {
        self.messages = messages
        self.window = window
        self.readings = readings
    }

    var isComplete: Bool { acknowledged == messages }
    var room: Int { min(window - (sent - acknowledged), messages - sent) }
    /// Worth a write: a quarter of the window, or all that is left.
    var isWorthSending: Bool { room > 0 && (room >= window / 4 || sent + room == messages) }

    /// The next `count` messages, each a buffer of its own and so a TLS record of its own:
    /// so mosquitto writes them, and libmosquitto's own loop stalls on what OpenSSL holds
    /// back of a longer one.
    mutating func take(
        _ count: Int, allocator: ByteBufferAllocator, _ send: (ByteBuffer) -> Void
    ) {
        for _ in 0..<count {
            var packet = allocator.buffer(capacity: 128)
            readings.write(packetID: Self.packetID(of: sent), into: &packet)
            sent += 1
            send(packet)
        }
    }

    mutating func acknowledge(_ packetID: UInt16) throws(BenchError) {
        let expected = Self.packetID(of: acknowledged)
        guard acknowledged < sent, packetID == expected else {
            throw BenchError("PUBACK \(packetID) where \(expected) was next")
        }
        acknowledged += 1
    }

    /// 1 to 65,535: 0 is no packet identifier.
    private static func packetID(of message: Int) -> UInt16 { UInt16(message % 65_535 + 1) }
}
