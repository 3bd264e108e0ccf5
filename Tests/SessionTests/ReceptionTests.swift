import Core
import OpenSSL
import Session
import Testing

@Suite struct ReceptionTests {
    private let handler = Recorder()
    private var reception: Reception

    init() {
        var settings = SessionSettings(
            host: "h", port: 1, tls: TLSFiles(authorities: "a", certificate: "b", key: "c"),
            clientID: "c", filters: ["#"])
        settings.commitMessages = 3
        settings.commitInterval = 1_000
        reception = Reception(handler: handler, settings: settings)
    }

    private mutating func receive(_ packetID: UInt16, isRetained: Bool = false) {
        reception.received(
            packetID: packetID, topic: Array("a".utf8).span,
            payload: Array("\(packetID)".utf8).span, isRetained: isRetained, at: .epoch)
    }

    private mutating func connect(sessionPresent: Bool) throws {
        reception.connected(sessionPresent: sessionPresent, at: .epoch)
        _ = try reception.commitIfDue(at: .epoch, uptime: 0)
        handler.calls.removeAll()
    }

    /// After a long absence: the queue was full, and SUBSCRIBE brings what is retained.
    @Test mutating func whatWasDroppedBeforeARetainedMessageCounts() throws {
        try connect(sessionPresent: false)
        receive(1)
        receive(5, isRetained: true)
        receive(6)
        #expect(handler.calls == ["received 1", "dropped 3", "passed 5", "received 6"])
    }

    /// The retained message in between comes again too, and is not news.
    @Test mutating func aRetainedMessageThatComesAgainIsKnown() throws {
        try connect(sessionPresent: false)
        receive(1)
        receive(2, isRetained: true)
        receive(3)
        try connect(sessionPresent: true)
        receive(1)
        receive(2, isRetained: true)
        receive(3)
        receive(4)
        #expect(handler.calls == ["recognized", "recognized", "recognized", "received 4"])
    }

    @Test mutating func aBrokerThatWentBackIsTold() throws {
        try connect(sessionPresent: false)
        for id in UInt16(1)...9 { receive(id) }
        try connect(sessionPresent: true)
        reception.received(
            packetID: 6, topic: Array("a".utf8).span, payload: Array("new".utf8).span,
            isRetained: false, at: .epoch)
        #expect(handler.calls == ["rewound", "received 6"])
    }

    @Test mutating func nothingIsAcknowledgedBeforeItsCommit() throws {
        reception.connected(sessionPresent: false, at: .epoch)
        let beforeGreeting = reception.mayAcknowledge
        // Our SUBSCRIBE waits for it.
        let greeted = try reception.commitIfDue(at: .epoch, uptime: 0)
        receive(1)
        let early = try reception.commitIfDue(at: .epoch, uptime: 10)
        let beforeCommit = reception.mayAcknowledge
        let late = try reception.commitIfDue(at: .epoch, uptime: 1_010)
        let afterCommit = reception.mayAcknowledge
        #expect(!beforeGreeting && greeted && !early && !beforeCommit && late && afterCommit)
    }

    @Test mutating func aFullBurstIsCommittedAtOnce() throws {
        try connect(sessionPresent: true)
        for id in UInt16(1)...3 { receive(id) }
        let isFull = reception.isFull
        let committed = try reception.commitIfDue(at: .epoch, uptime: 0)
        #expect(isFull && committed)
    }

    @Test mutating func aCommitThatFailsAcknowledgesNothing() throws {
        try connect(sessionPresent: true)
        receive(1)
        handler.isBroken = true
        #expect(throws: Reception.CommitFailure.self) {
            try Self.commit(&reception)
        }
        let mayAcknowledge = reception.mayAcknowledge
        #expect(!mayAcknowledge)
    }

    private static func commit(_ reception: inout Reception) throws {
        _ = try reception.commitIfDue(force: true, at: .epoch, uptime: 0)
    }
}

private final class Recorder: SessionHandler {
    struct Broken: Error {}

    var calls: [String] = []
    var isBroken = false
    var hasUncommitted = false
    var uncommittedMessages = 0
    let uncommittedBytes = 0

    private func note(_ call: String) {
        calls.append(call)
        hasUncommitted = true
    }

    func recover() throws -> RedeliveryFilter { RedeliveryFilter() }
    func connected(sessionPresent: Bool, at time: Timestamp) { note("connected") }
    func subscribed(refused: [String]) {}
    func disconnected(reason: String, retryIn wait: Microseconds) {}
    func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, at arrival: Timestamp
    ) {
        uncommittedMessages += 1
        note("received \(packetID)")
    }
    func recognized() { calls.append("recognized") }
    func passed(packetID: UInt16, hash: UInt64) { note("passed \(packetID)") }
    func dropped(_ count: Int, at time: Timestamp) { note("dropped \(count)") }
    func rewound(at time: Timestamp) { note("rewound") }
    func caughtUp(at time: Timestamp, uptime: Microseconds) {}
    func commit(at time: Timestamp, known: RedeliveryFilter?) throws {
        if isBroken { throw Broken() }
        hasUncommitted = false
        uncommittedMessages = 0
    }
}
