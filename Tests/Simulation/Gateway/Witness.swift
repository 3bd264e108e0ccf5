internal import Core
internal import Gateway
internal import Session
internal import Store

/// Stands between session and ingest and sees when a commit is done.
final class Witness: SessionHandler {
    private let ingest: Ingest
    private let store: IngestStore
    private let world: World

    init(_ ingest: Ingest, on store: IngestStore, _ world: World) {
        self.ingest = ingest
        self.store = store
        self.world = world
    }

    func recover() throws -> RedeliveryFilter {
        let filter = try ingest.recover()
        return world.sabotage == .filterOff ? RedeliveryFilter() : filter
    }

    func commit(at time: Timestamp, known: RedeliveryFilter?) throws {
        do {
            try ingest.commit(at: time, known: known)
        } catch {
            world.say("no commit: \(error)")
            world.truth.commitFailed()
            world.meter.count(.commitsFailed)
            throw error
        }
        world.truth.commitSucceeded(block: store.nextBlock - 1)
        world.say("committed")
    }

    func connected(sessionPresent: Bool, at time: Timestamp) {
        world.say("connected, session \(sessionPresent ? "kept" : "new")")
        world.truth.connected(sessionPresent: sessionPresent, at: time)
        ingest.connected(sessionPresent: sessionPresent, at: time)
    }

    func received(
        packetID: UInt16, topic: Span<UInt8>, payload: Span<UInt8>, at arrival: Timestamp
    ) {
        world.say("new: packet id \(packetID)")
        ingest.received(packetID: packetID, topic: topic, payload: payload, at: arrival)
    }

    func passed(packetID: UInt16, hash: UInt64) {
        world.say("new and retained: packet id \(packetID)")
        ingest.passed(packetID: packetID, hash: hash)
    }

    func recoveryFailed(_ error: any Error) { ingest.recoveryFailed(error) }
    func subscribed(refused: [String]) { ingest.subscribed(refused: refused) }
    func disconnected(reason: String, retryIn wait: Microseconds) {
        ingest.disconnected(reason: reason, retryIn: wait)
    }
    func recognized() {
        world.say("known")
        ingest.recognized()
    }

    func dropped(_ count: Int, at time: Timestamp) {
        world.say("\(count) dropped by the broker")
        ingest.dropped(count, at: time)
    }

    func rewound(at time: Timestamp) {
        world.say("of another state of the session")
        ingest.rewound(at: time)
    }

    func caughtUp(at time: Timestamp, uptime: Microseconds) {
        ingest.caughtUp(at: time, uptime: uptime)
    }
    var hasUncommitted: Bool { ingest.hasUncommitted }
    var uncommittedMessages: Int { ingest.uncommittedMessages }
    var uncommittedBytes: Int { ingest.uncommittedBytes }
}
