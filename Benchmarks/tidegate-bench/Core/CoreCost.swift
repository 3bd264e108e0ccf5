internal import Core
internal import Foundation
internal import NIOCore

/// What the core alone costs a message: topic to series, payload to reading, windows. In this
/// process, without a broker and without a store.
struct CoreCost {
    private static let batch = 200
    private var engine: Engine
    private var readings: Readings
    private var effects = Effects()
    private var buffer = ByteBuffer()
    private var arrival: Int64

    init(series: Int) throws {
        let start = Int64(1_700_000_000_000)
        engine = Engine(plan: try Self.plan())
        readings = Readings(.init(sensors: series, rate: 1, step: 10, start: start))
        arrival = start * 1_000
    }

    /// CPU nanoseconds a message.
    mutating func run(messages: Int) -> Double {
        let before = Self.cpu
        for _ in 0..<(messages / Self.batch) { takeBatch() }
        return (Self.cpu - before) * 1e9 / Double(messages / Self.batch * Self.batch)
    }

    private mutating func takeBatch() {
        buffer.clear()
        for number in 0..<Self.batch { readings.write(packetID: UInt16(number), into: &buffer) }
        buffer.withUnsafeReadableBytes { bytes in
            var rest = bytes.assumingMemoryBound(to: UInt8.self).span
            while rest.count > 0 {
                let end = 2 + Int(rest[1])
                let topicEnd = 4 + Int(rest[3])
                receive(rest.extracting(4..<topicEnd), rest.extracting(topicEnd + 2..<end))
                rest = rest.extracting(end..<rest.count)
            }
        }
        effects.removeAll()
    }

    private mutating func receive(_ topic: Span<UInt8>, _ payload: Span<UInt8>) {
        arrival += 1
        let id = engine.find(topic) ?? engine.add(topic: topic)
        engine.receive(
            topic: id, payload: payload, at: Timestamp(microseconds: arrival), into: &effects)
    }

    /// As `Settings.yaml` has it.
    private static func plan() throws -> Plan {
        let format = PayloadFormat.json(
            fields: [try JSONPath("$.value")],
            time: .init(path: try JSONPath("$.ts"), format: .milliseconds))
        let window = WindowPlan(
            .tumbling(size: 10_000_000),
            aggregates: [.count, .sum, .min, .max, .last, .quantile(9_500)],
            delay: 5_000_000, idle: 15_000_000)
        let stream = StreamPlan(
            name: "temperature", pattern: try TopicPattern("plant/{line}/{device}/temperature"),
            payload: format, fields: [.init(name: "temperature", unit: "Cel")],
            windows: [window])
        var plan = Plan(streams: [stream], fusions: [])
        plan.limits.future = .max
        return plan
    }

    /// Of this thread, in seconds.
    static var cpu: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
