internal import Core
internal import Simulator

/// A random journal: blocks of entries of all kinds, under plans that replace one another.
struct JournalScript {
    let plans: [Plan]
    private(set) var blocks: [[JournalEntry]] = []
    private var generator: SplitMix
    private var topics: [[UInt8]] = []
    private var time: Int64 = 1_767_225_600_000_000
    private var plan = 0
    /// A part of a snapshot holds 64 series.
    private var devices: Int64 = 9

    init(seed: UInt64) throws {
        generator = SplitMix(seed: seed)
        plans = try JournalPlans.draw(using: &generator)
        devices = draw(0...2) == 0 ? 150 : 9
        let entries = draw(0...1) == 0 ? draw(1...40) : 3
        for _ in 0..<draw(1...500 / entries) {
            var block: [JournalEntry] = []
            for _ in 0..<draw(1...entries) { block.append(entry()) }
            blocks.append(block)
        }
    }

    private mutating func draw(_ range: ClosedRange<Int64>) -> Int64 {
        .random(in: range, using: &generator)
    }

    private mutating func entry() -> JournalEntry {
        pass()
        if topics.isEmpty { return topic() }
        switch draw(0...99) {
        case 0...(devices > 9 ? 30 : 5): return topic()
        case 31...36: return .tick(now)
        case 37...38: return .connected(sessionPresent: draw(0...3) > 0, at: now)
        case 39: return .dropped(Int(draw(1...1_000)), at: now)
        case 40: return .rewound(at: now)
        case 41: return .known(packetID: packetID(), hash: generator.next())
        case 42: return refusal()
        case 43: return .evicted(Int(draw(1...10)), at: now)
        case 44 where draw(0...3) == 0:
            plan = Int(draw(0...Int64(plans.count - 1)))
            return .plan(Int64(plan))
        default: return message()
        }
    }

    private var now: Timestamp { Timestamp(microseconds: time) }

    private mutating func pass() {
        switch draw(0...199) {
        case 0: time += draw(-300_000_000...300_000_000)
        case 1: time += draw(-1...1) * 40_000_000_000_000
        case 2...20: time += draw(0...20_000_000)
        default: time += draw(0...600_000)
        }
        time = min(max(time, 0), Timestamp.latest.microseconds - 1_000_000_000)
    }

    private mutating func packetID() -> UInt16 { UInt16(draw(0...65_535)) }

    private mutating func topic() -> JournalEntry {
        let device = draw(0...devices)
        let name =
            switch draw(0...9) {
            case 0: "elsewhere/\(draw(0...1_000_000))"
            case 1...2: "tank/\(device)"
            case 3...4: "plant/d\(device)/air"
            default: "plant/d\(device)/temp"
            }
        let bytes = Array(name.utf8)
        guard !topics.contains(bytes) else { return .tick(now) }
        topics.append(bytes)
        return .topic(bytes)
    }

    private mutating func refusal() -> JournalEntry {
        let causes: [GapRecord.Cause] = [.tooLarge, .topicLimit]
        return .refusal(
            Refusal(
                packetID: packetID(), hash: generator.next(), cause: causes[Int(draw(0...1))],
                subject: "subject \(draw(0...5))", detail: "", time: now))
    }

    private mutating func message() -> JournalEntry {
        let topic = Int(draw(0...Int64(topics.count - 1)))
        let kind = topics[topic].last
        let text: String
        switch draw(0...19) {
        case 0: text = ["", "rubbish", "{", "[]", "{\"v\":null}", "\u{0}"][Int(draw(0...5))]
        case 1: text = "{\"t\":\(draw(0...253_402_300_799_999)),\"v\":1,\"w\":2}"
        default:
            switch kind {
            case UInt8(ascii: "p"): text = "{\"t\":\(stated()),\"v\":\(number())}"
            case UInt8(ascii: "r"):
                text =
                    draw(0...3) == 0
                    ? "{\"w\":\(number())}"
                    : "{\"h\":\(number()),\"t\":\(stated()),\"w\":\(number())}"
            default: text = number()
            }
        }
        return .message(
            topic: TopicID(topic), packetID: packetID(), arrival: now, payload: Array(text.utf8))
    }

    private mutating func stated() -> Int64 { max(0, time / 1_000 - draw(-1_000...6_000)) }

    private mutating func number() -> String {
        switch draw(0...9) {
        case 0: "\(draw(-9_000_000_000_000_000_000...9_000_000_000_000_000_000))"
        case 1: "\(draw(-999...999))e\(draw(-30...55))"
        case 2: "0"
        case 3: "0.\(draw(0...999_999_999_999_999))"
        default: draw(-100_000...100_000).decimal
        }
    }
}
