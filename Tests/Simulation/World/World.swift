internal import Console
internal import Core
internal import FaultyDisk
internal import SQLite
internal import Simulator
internal import Store
internal import Zstd
internal import Glibc

/// Everything of one run: plant, broker, gateway, link and receiver, played one step after
/// another in virtual time.
final class World {
    let seed: UInt64
    let scenario: Scenario
    let sabotage: Sabotage?
    let directory: String
    let meter = Meter()
    let clock = WorldClock()
    let disk: FaultyDisk
    let truth: Truth
    let broker: ModelBroker
    let receiver: ModelReceiver
    var generator: SplitMix
    /// No more faults: all that is left is to come to an end.
    private(set) var isHealed = false
    private var agenda = Agenda()
    private(set) var life: Life?
    private var lives = 0
    private var change = Variant.Change.none
    /// After so many looks the gateway dies.
    private var doom: Int?
    private var isDead = false
    private var stalledUntil: Microseconds = 0
    private var session = Turn()
    private var uplink = Turn()
    private var serial = 0
    /// Requests that can't be answered while another one is under way.
    private var postponed: [Agenda.Entry] = []

    /// The next turn of a loop.
    private struct Turn {
        var number = 0
        var time: Microseconds = 0
        var isIdle = false
    }

    /// - Parameter directory: of files that are not the database's.
    init(seed: UInt64, sabotage: Sabotage?, directory: String) {
        self.seed = seed
        self.sabotage = sabotage
        self.directory = directory
        generator = SplitMix(seed: seed)
        scenario = Scenario(using: &generator)
        disk = FaultyDisk(seed: generator.next())
        truth = Truth(meter)
        broker = ModelBroker(scenario, truth: truth, meter: meter)
        receiver = ModelReceiver(meter)
        say("\(scenario)")
        agenda.add(.start, at: 0)
        for (index, beginning) in scenario.beginnings.enumerated() {
            agenda.add(.sensor(index), at: beginning)
        }
        agenda.add(.fault, at: scenario.faultInterval)
        agenda.add(.write, at: 1_000_000)
    }

    /// SQLite's name of the disk.
    var fileSystem: String { disk.name }

    // MARK: Chance

    func draw(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &generator) }
    func drawSeed() -> UInt64 { generator.next() }
    /// In a thousand.
    func chance(_ odds: UInt64) -> Bool { generator.next() % 1_000 < odds }

    // MARK: Time

    var now: Timestamp { clock.wall }
    var uptime: Microseconds { clock.uptime }

    /// While the uplink waits for an answer.
    func play(for span: Microseconds) async {
        await play(until: clock.elapsed + span, isNested: true)
        for entry in postponed { agenda.add(entry, at: clock.elapsed) }
        postponed.removeAll()
    }

    func play(until end: Microseconds, isNested: Bool = false) async {
        while let time = agenda.nextTime, time <= end, truth.failures.isEmpty {
            if isNested, isDead { return }
            clock.elapsed = max(clock.elapsed, time)
            guard let entry = agenda.next() else { return }
            meter.count(.steps)
            await play(entry, isNested)
            if broker.hasSent {
                broker.hasSent = false
                hasten(&session, to: clock.elapsed + draw(500...20_000)) {
                    .session(life: $0, turn: $1)
                }
            }
        }
        clock.elapsed = max(clock.elapsed, end)
    }

    private func play(_ entry: Agenda.Entry, _ isNested: Bool) async {
        switch entry {
        case .session(let number, let turn): playSession(number, turn, isNested)
        case .uplink(let number, let turn):
            if isNested {
                postponed.append(entry)
            } else {
                await playUplink(number, turn)
            }
        case .start:
            if isNested { postponed.append(entry) } else { start() }
        case .sensor(let index): playSensor(index)
        case .fault: playFault()
        case .write:
            broker.write()
            agenda.add(.write, at: clock.elapsed + draw(1_000_000...10_000_000))
        case .end(let trouble): end(trouble)
        case .arrival(let batch): _ = receiver.post(batch)
        }
    }

    /// A request that arrives late.
    func arrives(_ batch: [UInt8], in span: Microseconds) {
        agenda.add(.arrival(batch), at: clock.elapsed + span)
    }

    private func schedule(
        _ turn: inout Turn, in span: Microseconds, _ entry: (Int, Int) -> Agenda.Entry
    ) {
        guard let life else { return }
        turn.number += 1
        turn.time = max(clock.elapsed + span, stalledUntil)
        agenda.add(entry(life.number, turn.number), at: turn.time)
    }

    private func hasten(
        _ turn: inout Turn, to time: Microseconds, _ entry: (Int, Int) -> Agenda.Entry
    ) {
        guard turn.time > time else { return }
        schedule(&turn, in: time - clock.elapsed, entry)
    }

    // MARK: The gateway's life

    private func start() {
        guard life == nil else { return }
        lives += 1
        meter.count(.restarts)
        if sabotage == .stateForgotten, lives > 1 { forgetState() }
        do {
            life = try Life(number: lives, variant: Variant(change, scenario), self)
        } catch {
            if (error as? StoreError)?.damage != nil { truth.fail("the store is damaged: \(error)") }
            bury()
            return
        }
        guard !disk.isOff else {
            bury()
            return
        }
        resolveDoubt(isStart: true)
        schedule(&session, in: 1_000) { .session(life: $0, turn: $1) }
        schedule(&uplink, in: draw(1_000...1_000_000)) { .uplink(life: $0, turn: $1) }
    }

    /// Whether this life of the gateway goes on. Each look may be its last.
    func survives(_ number: Int) -> Bool {
        guard lives == number, !isDead else { return false }
        if let left = doom {
            doom = left > 0 ? left - 1 : nil
            if left == 0 { isDead = true }
        }
        if disk.isOff { isDead = true }
        return !isDead
    }

    /// Just after a connection was made is a good moment to die.
    func lieInWait() {
        if !isHealed, scenario.faults.contains(.kill), chance(100) { doom = Int(draw(0...3)) }
    }

    private func playSession(_ number: Int, _ turn: Int, _ isNested: Bool) {
        guard let life, life.number == number, turn == session.number, !isDead else { return }
        guard clock.elapsed >= stalledUntil else {
            schedule(&session, in: 0) { .session(life: $0, turn: $1) }
            return
        }
        do {
            let wait = try life.turn()
            schedule(&session, in: max(wait, 500)) { .session(life: $0, turn: $1) }
        } catch {
            isDead = true
            if !isNested { bury() }
        }
    }

    private func playUplink(_ number: Int, _ turn: Int) async {
        guard life?.number == number, turn == uplink.number else { return }
        guard clock.elapsed >= stalledUntil else {
            schedule(&uplink, in: 0) { .uplink(life: $0, turn: $1) }
            return
        }
        uplink.isIdle = false
        let wait = await playUplinkTurn()
        guard !isDead, !disk.isOff else {
            bury()
            return
        }
        // What it looks at every 200 ms changes with a commit, or with age.
        uplink.isIdle = wait == 200_000
        schedule(&uplink, in: uplink.isIdle ? (isHealed ? 6_000_000 : 2_000_000) : max(wait, 1_000)) {
            .uplink(life: $0, turn: $1)
        }
    }

    private func playUplinkTurn() async -> Microseconds {
        guard let life else { return 0 }
        return await life.playUplink()
    }

    /// The gateway has committed: there may be something to send.
    func committed() {
        guard uplink.isIdle else { return }
        hasten(&uplink, to: clock.elapsed + 200_000) { .uplink(life: $0, turn: $1) }
    }

    /// The process is gone, or the machine.
    private func bury() {
        say("dies, off \(disk.isOff)")
        meter.count(.snapshots, life?.snapshots ?? 0)
        life = nil
        isDead = false
        doom = nil
        truth.died()
        broker.disconnect()
        if disk.isOff {
            meter.count(.powerCuts)
            disk.restart()
            clock.boot = clock.elapsed
        } else {
            meter.count(.kills)
            disk.endProcess()
        }
        agenda.add(.start, at: clock.elapsed + draw(10_000...6_000_000))
    }

    /// The gateway is connected and has all that the broker had for it.
    var isQuiet: Bool { broker.isDrained && life?.isConnected == true }

    // MARK: The store from outside

    /// After a commit that threw: what does the store hold?
    func resolveDoubt(isStart: Bool = false) {
        guard truth.isInDoubt else { return }
        do {
            let connection = try Connection(
                path: "\(directory)/\(StoreFile.name)", readOnly: true, fileSystem: fileSystem)
            let messages = try connection.integer("SELECT coalesce(sum(messages), 0) FROM journal")
            let last = try connection.first(
                "SELECT data FROM journal ORDER BY number DESC LIMIT 1"
            ) { $0.blob(0) }
            let entries = try last.map {
                try JournalBlock.decode(try Zstd.decompress($0, limit: 1 << 24))
            }
            truth.resolve(messages: Int(messages), last: entries ?? [], isStart: isStart)
        } catch {
            // The power went meanwhile: there is a next start.
            if !disk.isOff { truth.fail("can't look into the store: \(error)") }
        }
    }

    private func forgetState() {
        let connection = try? Connection(
            path: "\(directory)/\(StoreFile.name)", fileSystem: fileSystem)
        try? connection?.execute("DELETE FROM snapshot WHERE part >= 2")
    }

    // MARK: The plant

    private func playSensor(_ index: Int) {
        guard !isHealed else { return }
        publish(scenario.sensors[index])
        let interval = scenario.sensors[index].interval
        agenda.add(
            .sensor(index), at: clock.elapsed + draw(interval * 9 / 10...interval * 11 / 10))
    }

    private func publish(_ sensor: Sensor) {
        serial += 1
        meter.count(.published)
        var message = sensor.publication(serial: serial, at: clock.time, using: &generator)
        if !isHealed, chance(scenario.rubbish) { message = spoiled(message) }
        broker.publish(message)
    }

    /// Of each sensor a last one, so that all that was lost shows.
    func publishLast() {
        for sensor in scenario.sensors { publish(sensor) }
    }

    private func spoiled(_ message: Publication) -> Publication {
        var topic = message.topic
        var payload = Array("{\"v\":rubbish".utf8)
        var message = message
        switch draw(0...4) {
        case 0: payload = Array(repeating: UInt8(ascii: " "), count: Scenario.payloadLimit + 1)
        case 1: topic = "tank/" + String(repeating: "x", count: 1_100)
        case 2:
            // A device that nobody has heard of, with a good reading.
            let name = "n\(draw(0...3))"
            let sensor = Sensor(
                kind: .level, name: name, interval: 0, clockError: 0, jitter: 0,
                isRetained: false, isAcknowledged: message.isAcknowledged)
            return sensor.publication(serial: serial, at: clock.time, using: &generator)
        case 3:
            message.isHuge = true
            return message
        default: break
        }
        payload += Array(" \(serial)".utf8)
        return Publication(
            serial: message.serial, topic: topic, payload: payload, readings: [], stated: nil,
            isRetained: message.isRetained, isAcknowledged: message.isAcknowledged)
    }

    // MARK: Faults

    static let isLoud = getenv("SIM_LOUD") != nil
    func say(_ what: @autoclosure () -> String) {
        if Self.isLoud { print("\(meter.tally[.steps]) \(Double(clock.elapsed) / 1e6) \(what())") }
    }

    private func playFault() {
        guard !isHealed else { return }
        agenda.add(
            .fault,
            at: clock.elapsed + draw(scenario.faultInterval / 4...scenario.faultInterval * 2))
        guard let fault = scenario.faults.randomElement(using: &generator) else { return }
        say("fault \(fault)")
        switch fault {
        case .kill: doom = Int(draw(0...60))
        case .powerCut: armPowerCut()
        case .disconnect:
            meter.count(.disconnects)
            broker.disconnect(keeping: Int(draw(0...5)))
            broker.hasSent = true
        case .brokerPause:
            broker.pause()
            agenda.add(.end(.broker), at: clock.elapsed + draw(100_000...15_000_000))
        case .brokerAmnesia, .brokerRelapse:
            meter.count(.brokerLosses)
            if fault == .brokerAmnesia { broker.forget() } else { broker.relapse() }
            agenda.add(.end(.broker), at: clock.elapsed + draw(100_000...5_000_000))
        case .burst:
            let sensor = scenario.sensors[Int(draw(0...Int64(scenario.sensors.count - 1)))]
            for _ in 0..<draw(5...40) { publish(sensor) }
        case .receiverPause:
            receiver.isUp = false
            agenda.add(.end(.receiver), at: clock.elapsed + draw(1_000_000...30_000_000))
        case .receiverCrash: receiver.diesAtRow = true
        case .poison: receiver.poisonsNext = true
        case .scheduleClosed:
            clock.isLinkOpen = false
            agenda.add(.end(.schedule), at: clock.elapsed + draw(1_000_000...30_000_000))
        case .clockJump: jump()
        case .stall:
            meter.count(.stalls)
            stalledUntil = clock.elapsed + draw(500_000...10_000_000)
        case .fullDisk:
            let names = [StoreFile.name, "\(StoreFile.name)-wal"]
            let size = names.reduce(0) { $0 + (disk.size(of: "\(directory)/\($1)") ?? 0) }
            disk.limit(to: size + Int(draw(0...40_000)))
            agenda.add(.end(.disk), at: clock.elapsed + draw(1_000_000...20_000_000))
        case .writeError:
            disk.fail(.write, at: disk.writes + Int(draw(1...20)), times: Int(draw(1...3)))
        case .syncError:
            disk.fail(.sync, at: disk.syncs + Int(draw(1...6)), times: Int(draw(1...3)))
        case .reconfigure:
            meter.count(.reconfigurations)
            change = Variant.Change.allCases[Int(draw(0...3))]
            doom = Int(draw(0...20))
        }
    }

    private func armPowerCut() {
        switch draw(0...2) {
        case 0: disk.cutPower(at: .write(disk.writes + Int(draw(1...40))))
        case 1: disk.cutPower(at: .sync(disk.syncs + Int(draw(1...8))))
        default: disk.cutPower(at: .afterSync(disk.syncs + Int(draw(1...8))))
        }
    }

    private func jump() {
        meter.count(.clockJumps)
        let spans: [Microseconds] = [
            0, 0, 30_000, 1_500_000, 240_000_000, 3_600_000_000, 30_000_000_000_000,
            300_000_000_000_000,
        ]
        let span = spans[Int(draw(0...7))]
        clock.error = draw(0...1) == 0 ? span : -span
    }

    private func end(_ trouble: Agenda.Trouble) {
        switch trouble {
        case .broker: broker.comeBack()
        case .receiver: receiver.isUp = true
        case .schedule: clock.isLinkOpen = true
        case .disk: disk.limit(to: nil)
        }
    }

    func heal() {
        isHealed = true
        doom = nil
        stalledUntil = 0
        clock.error = 0
        clock.isLinkOpen = true
        broker.comeBack()
        receiver.isUp = true
        receiver.diesAtRow = false
        receiver.poisonsNext = false
        disk.heal()
    }
}
