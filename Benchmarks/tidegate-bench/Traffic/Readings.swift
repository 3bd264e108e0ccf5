internal import NIOCore

/// The load: sensors that speak in turn, each a random walk of two decimals between
/// 10.00 and 99.99, so that every message of a sensor is equally long and only three
/// places of its ready packet change.
struct Readings {
    private var packets: [[UInt8]]
    private var hundredths: [Int]
    private var next = 0
    private var rounds = 0
    private var random: UInt64
    private let shape: Shape

    struct Shape {
        var sensors: Int
        /// Readings a second of event time, each sensor.
        var rate: Double
        /// The largest step of the walk, in hundredths.
        var step: Int
        /// Event time of the first reading, milliseconds since 1970.
        var start: Int64
        var seed: UInt64 = 1
    }

    init(_ shape: Shape) {
        self.shape = shape
        random = shape.seed
        packets = (1...shape.sensors).map { sensor in
            let topic = Array("plant/1/dev-\(sensor)/temperature".utf8)
            let payload = Array(#"{"ts":0000000000000,"value":00.00,"unit":"Cel"}"#.utf8)
            let length = 2 + topic.count + 2 + payload.count
            precondition(length < 128, "one byte of remaining length")
            return [0x32, UInt8(length), 0, UInt8(topic.count)] + topic + [0, 0] + payload
        }
        hundredths = (1...shape.sensors).map { 1_500 + ($0 * 37) % 7_000 }
    }

    /// Appends the next PUBLISH at QoS 1.
    mutating func write(packetID: UInt16, into buffer: inout ByteBuffer) {
        // Sensors are spread over the time between two readings of one of them.
        let turn = Double(rounds) + Double(next) / Double(shape.sensors)
        let timestamp = Int(shape.start) + Int(turn * 1_000 / shape.rate)
        let value = walk()
        packets[next].withUnsafeMutableBufferPointer { packet in
            // Counted from the end, since only the topics differ in length.
            let end = packet.count
            packet[end - 49] = UInt8(packetID >> 8)
            packet[end - 48] = UInt8(truncatingIfNeeded: packetID)
            Self.write(timestamp, digits: 13, endingAt: end - 28, of: packet)
            Self.write(value / 100, digits: 2, endingAt: end - 17, of: packet)
            Self.write(value % 100, digits: 2, endingAt: end - 14, of: packet)
            buffer.writeBytes(packet)
        }
        next += 1
        if next == shape.sensors {
            next = 0
            rounds += 1
        }
    }

    private mutating func walk() -> Int {
        // Knuth's MMIX generator: quick, and the same on each machine.
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let width = UInt64(2 * shape.step + 1)
        let step = Int((random >> 33) % width) - shape.step
        let moved = hundredths[next] + step
        hundredths[next] = (1_000...9_999).contains(moved) ? moved : hundredths[next] - step
        return hundredths[next]
    }

    private static func write(
        _ number: Int, digits: Int, endingAt end: Int, of bytes: UnsafeMutableBufferPointer<UInt8>
    ) {
        var rest = UInt(number)
        for index in stride(from: end - 1, through: end - digits, by: -1) {
            let tenth = rest / 10
            bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - tenth * 10)
            rest = tenth
        }
    }
}
