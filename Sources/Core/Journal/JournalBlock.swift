/// The entries of one commit, in columns so that they compress well:
/// what happened, packet ids, times, lengths, and the payloads behind one another.
package struct JournalBlock: Sendable {
    private var kinds = ByteWriter()
    private var packetIDs = ByteWriter()
    private var times = ByteWriter()
    private var lengths = ByteWriter()
    private var bytes = ByteWriter()
    package private(set) var messages = 0
    private var lastTime: Int64 = 0
    private var lastPacketID: Int64 = 0

    package init() {}

    package var isEmpty: Bool { kinds.bytes.isEmpty }
    package var byteCount: Int { kinds.bytes.count + bytes.bytes.count + times.bytes.count }

    private enum Kind: UInt64 {
        case topic, refusal, connected, tick, plan, passed, dropped, known, rewound, evicted
        /// A message, plus the number of its topic.
        case message

        /// - Parameter version: 1 had `passed`, and not what comes after `dropped`.
        static func of(_ number: UInt64, version: UInt8) -> (Kind, topic: UInt64) {
            let isOld = version == 1 && number >= known.rawValue
            let number = isOld ? min(number, .max - 3) + 3 : number
            let kind = Kind(rawValue: min(number, message.rawValue))!
            return (kind, number - kind.rawValue)
        }
    }

    private static let version: UInt8 = 2

    package mutating func append(topic: Span<UInt8>) {
        kinds.varint(Kind.topic.rawValue)
        lengths.count(topic.count)
        bytes.raw(topic)
    }

    package mutating func append(
        topic: TopicID, packetID: UInt16, arrival: Timestamp, payload: Span<UInt8>
    ) {
        kinds.varint(Kind.message.rawValue + UInt64(topic))
        append(packetID)
        append(arrival)
        lengths.count(payload.count)
        bytes.raw(payload)
        messages += 1
    }

    package mutating func append(_ refusal: Refusal) {
        kinds.varint(Kind.refusal.rawValue)
        append(refusal.packetID)
        append(refusal.time)
        bytes.fixed(refusal.hash)
        bytes.byte(refusal.cause.rawValue)
        bytes.text(refusal.subject)
        bytes.text(refusal.detail)
        messages += 1
    }

    package mutating func append(connected sessionPresent: Bool, at time: Timestamp) {
        kinds.varint(Kind.connected.rawValue)
        append(time)
        bytes.byte(sessionPresent ? 1 : 0)
    }

    package mutating func append(tick time: Timestamp) {
        kinds.varint(Kind.tick.rawValue)
        append(time)
    }

    package mutating func append(known packetID: UInt16, hash: UInt64) {
        kinds.varint(Kind.known.rawValue)
        append(packetID)
        bytes.fixed(hash)
        messages += 1
    }

    /// The same with the time at which it came, to the second: a tick stands for it where it is
    /// another one than that of the entry before.
    package mutating func append(known packetID: UInt16, hash: UInt64, at time: Timestamp) {
        if time.microseconds / 1_000_000 != lastTime / 1_000_000 { append(tick: time) }
        append(known: packetID, hash: hash)
    }

    package mutating func append(dropped count: Int, at time: Timestamp) {
        kinds.varint(Kind.dropped.rawValue)
        append(time)
        lengths.count(count)
    }

    package mutating func append(rewoundAt time: Timestamp) {
        kinds.varint(Kind.rewound.rawValue)
        append(time)
    }

    package mutating func append(evicted count: Int, at time: Timestamp) {
        kinds.varint(Kind.evicted.rawValue)
        append(time)
        lengths.count(count)
    }

    package mutating func append(plan: Int64) {
        kinds.varint(Kind.plan.rawValue)
        bytes.signed(plan)
    }

    private mutating func append(_ packetID: UInt16) {
        packetIDs.signed(Int64(packetID) - lastPacketID)
        lastPacketID = Int64(packetID)
    }

    private mutating func append(_ time: Timestamp) {
        times.signed(time.microseconds - lastTime)
        lastTime = time.microseconds
    }

    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(Self.version)
        for column in [kinds, packetIDs, times, lengths, bytes] { writer.block(column.bytes) }
        return writer.bytes
    }

    package mutating func removeAll() {
        kinds.removeAll()
        packetIDs.removeAll()
        times.removeAll()
        lengths.removeAll()
        bytes.removeAll()
        messages = 0
        lastTime = 0
        lastPacketID = 0
    }

    /// - Throws: `FormatError` for anything that `encoded` did not write.
    package static func decode(_ data: [UInt8]) throws(FormatError) -> [JournalEntry] {
        var reader = ByteReader(data)
        let version = try reader.byte()
        guard (1...Self.version).contains(version) else { throw .unknownVersion(UInt64(version)) }
        var kinds = ByteReader(try reader.block())
        var packetIDs = ByteReader(try reader.block())
        var times = ByteReader(try reader.block())
        var lengths = ByteReader(try reader.block())
        var bytes = ByteReader(try reader.block())
        try reader.expectEnd()
        var entries: [JournalEntry] = []
        var time: Int64 = 0
        var packetID: Int64 = 0
        func nextTime() throws(FormatError) -> Timestamp {
            time &+= try times.signed()
            return try Timestamp(decoded: time)
        }
        func nextPacketID() throws(FormatError) -> UInt16 {
            packetID &+= try packetIDs.signed()
            guard let id = UInt16(exactly: packetID) else {
                throw .malformed("a packet id of \(packetID)")
            }
            return id
        }
        while !kinds.isAtEnd {
            let (kind, topicNumber) = Kind.of(try kinds.varint(), version: version)
            switch kind {
            case .topic:
                entries.append(.topic(Array(try bytes.raw(Int(clamping: try lengths.varint())))))
            case .refusal:
                let id = try nextPacketID()
                let time = try nextTime()
                let hash = try bytes.fixed()
                guard let cause = GapRecord.Cause(rawValue: try bytes.byte()) else {
                    throw .malformed("a refusal of unknown cause")
                }
                entries.append(
                    .refusal(
                        Refusal(
                            packetID: id, hash: hash, cause: cause, subject: try bytes.text(),
                            detail: try bytes.text(), time: time)))
            case .connected:
                let sessionPresent = try bytes.byte() == 1
                entries.append(.connected(sessionPresent: sessionPresent, at: try nextTime()))
            case .tick: entries.append(.tick(try nextTime()))
            case .passed: entries.append(.known(packetID: try nextPacketID(), hash: 0))
            case .dropped:
                let count = Int(clamping: try lengths.varint())
                entries.append(.dropped(count, at: try nextTime()))
            case .known:
                let id = try nextPacketID()
                entries.append(.known(packetID: id, hash: try bytes.fixed()))
            case .rewound: entries.append(.rewound(at: try nextTime()))
            case .evicted:
                let count = Int(clamping: try lengths.varint())
                entries.append(.evicted(count, at: try nextTime()))
            case .plan: entries.append(.plan(try bytes.signed()))
            case .message:
                let id = try nextPacketID()
                guard let topic = TopicID(exactly: topicNumber) else {
                    throw .malformed("a message of topic \(topicNumber)")
                }
                entries.append(
                    .message(
                        topic: topic, packetID: id, arrival: try nextTime(),
                        payload: Array(try bytes.raw(Int(clamping: try lengths.varint())))))
            }
        }
        return entries
    }
}
