internal import Core
internal import Gateway
internal import Uplink
internal import Wire

/// The outbox of one life of the gateway, which may end around each call.
///
/// All of a simulation runs one step after another.
final class LifeSource: BatchSource, @unchecked Sendable {
    private let outbox: OutboxSource
    private let world: World
    private let life: Int
    private var sent: Set<UInt64> = []

    init(_ outbox: OutboxSource, _ world: World, life: Int) {
        self.outbox = outbox
        self.world = world
        self.life = life
    }

    func next(now: Timestamp) async throws -> OutgoingBatch? {
        try look()
        guard let batch = try await outbox.next(now: now) else { return nil }
        guard world.sabotage == .batchResealed, !sent.insert(batch.number).inserted else {
            return batch
        }
        return try Self.resealed(batch)
    }

    func confirm(_ batch: OutgoingBatch) async throws {
        try look()
        try await outbox.confirm(batch)
        try look()
    }

    func setAside(
        _ batch: OutgoingBatch, reason: String, isFork: Bool, now: Timestamp
    ) async throws {
        try look()
        try await outbox.setAside(batch, reason: reason, isFork: isFork, now: now)
        try look()
    }

    private func look() throws(Death) {
        guard world.survives(life) else { throw Death() }
    }

    private static func resealed(_ batch: OutgoingBatch) throws -> OutgoingBatch {
        let whole = try Batch(bytes: batch.bytes)
        var records = try whole.records(limit: 1 << 24)
        records.logs.append(LogRecord(time: .epoch, level: 2, source: "a", message: "again"))
        let header = whole.header
        let other = Batch(
            sealing: records, gateway: header.gateway, epoch: header.epoch,
            sequence: header.sequence, previous: header.previous)
        return OutgoingBatch(number: batch.number, sequence: batch.sequence, bytes: other.bytes)
    }
}

/// The gateway's process is at its end.
struct Death: Error {}
