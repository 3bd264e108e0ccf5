internal import Console
internal import Core
internal import Gateway
internal import Logging
internal import Session
internal import Simulator
internal import Store
internal import Uplink

/// One life of the gateway's process: what it has in memory, and the loop of its session.
final class Life {
    let number: Int
    let variant: Variant
    private let board = StatusBoard(gateway: "gateway-1")
    private var uplink: Uplink
    let outbox: OutboxStore
    /// It found nothing to send.
    private(set) var isUplinkIdle = false
    private let world: World
    private let witness: Witness
    private var reception: Reception
    private var backoff = Backoff(base: 500_000, maximum: 8_000_000)
    private var wire: Wire?
    /// What the library has queued for the broker.
    private var queued: [Wire.FromGateway] = []
    private var isSubscribed = false
    private var needsRecovery = false

    /// Of an uplink that finds nothing to send.
    private static let uplinkWait: Microseconds = 200_000
    /// How long the session looks away when there is nothing to do. More than 2 s is a stall.
    private static let idleWait: Microseconds = 1_500_000

    init(number: Int, variant: Variant, _ world: World) throws {
        self.number = number
        self.variant = variant
        self.world = world
        let scenario = world.scenario
        var configuration = try Configurations.shared.read(variant.yaml)
        configuration.broker.commitMessages = scenario.commitMessages
        configuration.broker.commitInterval = scenario.commitInterval
        let shipper = LogShipper()
        let clock = world.clock
        let logger = Logger(label: "simulation") { _ in
            ShippingLogHandler(shipper: shipper, clock: clock)
        }
        let store = try IngestStore(
            directory: world.directory, gateway: configuration.gateway,
            deadLetterLimit: configuration.storage.deadLetters, fileSystem: world.fileSystem)
        let ingest = try Ingest(
            store: store, configuration: configuration, board: board, shipper: shipper,
            logger: logger,
            snapshots: SnapshotPolicy(minimum: scenario.snapshotBytes, factor: 1))
        witness = Witness(ingest, on: store, world)
        reception = Reception(handler: witness, settings: configuration.broker)
        try reception.recover()
        outbox = try OutboxStore(
            directory: world.directory, gateway: configuration.gateway,
            fileSystem: world.fileSystem)
        let source = OutboxSource(
            store: outbox, size: scenario.batchSize, age: scenario.batchAge, onError: { _ in })
        uplink = Uplink(
            machine: UplinkMachine(
                backoff: Backoff(base: 500_000, maximum: 5_000_000), failuresToBreak: 5,
                breakFor: 5_000_000),
            source: LifeSource(source, world, life: number),
            transport: ModelLink(world, life: number),
            isOpen: { _ in clock.isLinkOpen },
            now: { clock.wall },
            generator: SplitMix(seed: world.drawSeed()),
            report: { _ in })
    }

    func playUplink() async -> Microseconds {
        var uplink = uplink
        isUplinkIdle = false
        let wait = await uplink.turn()
        self.uplink = uplink
        isUplinkIdle = wait == Self.uplinkWait
        return wait
    }

    /// Whether nothing waits to be sent.
    func isEmpty() async -> Bool {
        guard let figures = try? await outbox.figures() else { return false }
        return figures.records == 0 && figures.batches == 0
    }

    var snapshots: Int { Int(board.current.store.snapshots) }
    var hasOpenWindows: Bool { board.current.core.openWindows > 0 }
    var isConnected: Bool { isSubscribed && !witness.hasUncommitted }

    // MARK: The session's loop, as BrokerSession has it around its library

    /// - Returns: how long to wait before the next turn.
    func turn() throws(Death) -> Microseconds {
        do {
            return try attempt()
        } catch let failure as Reception.CommitFailure {
            try look()
            return try recover(after: failure)
        } catch is Death {
            throw Death()
        } catch {
            world.truth.fail("the session throws \(error)")
            throw Death()
        }
    }

    private func attempt() throws -> Microseconds {
        if needsRecovery {
            let wait = try recover()
            if needsRecovery { return wait }
        }
        guard let wire else { return try connect() }
        let arrivals = try readBurst(wire)
        if !wire.hasMore, isSubscribed {
            witness.caughtUp(at: world.now, uptime: world.uptime)
        }
        try commit()
        if reception.mayAcknowledge || world.sabotage == .acknowledgeEarly { try flush(wire) }
        guard wire.isOpen || wire.hasMore else { return try lose("the connection was lost") }
        if wire.hasMore { return 1_000 }
        let wait = reception.timeToCommit(uptime: world.uptime) ?? Self.idleWait
        return arrivals ? min(wait, 5_000) : wait
    }

    private func connect() throws -> Microseconds {
        guard let wire = world.broker.connect() else { return try lose("no broker") }
        world.lieInWait()
        self.wire = wire
        return 1_000
    }

    private func readBurst(_ wire: Wire) throws -> Bool {
        var arrivals = false
        while let packet = wire.read() {
            arrivals = true
            switch packet {
            case .connack(let sessionPresent):
                reception.connected(sessionPresent: sessionPresent, at: world.now)
                queued.append(.subscribe)
            case .suback:
                isSubscribed = true
                witness.subscribed(refused: [])
            case .publish(let delivery):
                // The library queues the acknowledgement before we hear of the message.
                if delivery.number != 0 { queued.append(.acknowledge(delivery)) }
                let arrival = world.now
                world.truth.handedOver(delivery, at: arrival, under: variant.change)
                reception.received(
                    packetID: delivery.packetID, topic: Array(delivery.message.topic.utf8).span,
                    payload: delivery.message.payload.span, isRetained: delivery.isRetained,
                    at: arrival)
            }
            try look()
            if reception.isFull { break }
        }
        return arrivals
    }

    private func commit(force: Bool = false) throws {
        let committed = try reception.commitIfDue(
            force: force, at: world.now, uptime: world.uptime)
        if committed {
            if isSubscribed { backoff.succeeded() }
            world.committed()
        }
        try look()
    }

    private func flush(_ wire: Wire) throws(Death) {
        while !queued.isEmpty {
            world.broker.take(queued.removeFirst(), from: wire)
            try look()
        }
    }

    /// The connection is no more; what was read of it is committed.
    private func lose(_ reason: String) throws -> Microseconds {
        try commit(force: true)
        forgetConnection()
        let wait = backoff.failed(using: &world.generator)
        witness.disconnected(reason: reason, retryIn: wait)
        try commit(force: true)
        return wait
    }

    private func recover(after failure: Reception.CommitFailure) throws(Death) -> Microseconds {
        world.broker.disconnect()
        forgetConnection()
        let wait = backoff.failed(using: &world.generator)
        witness.disconnected(reason: "\(failure.cause)", retryIn: wait)
        return max(wait, try recover())
    }

    /// - Returns: how long to wait if it can't be done.
    private func recover() throws(Death) -> Microseconds {
        do {
            try reception.recoverAfterFailure()
            needsRecovery = false
        } catch {
            needsRecovery = true
        }
        try look()
        if !needsRecovery { world.resolveDoubt() }
        return needsRecovery ? 5_000_000 : 0
    }

    private func forgetConnection() {
        wire = nil
        queued.removeAll()
        isSubscribed = false
    }

    private func look() throws(Death) {
        guard world.survives(number) else { throw Death() }
    }
}
