internal import Core
internal import FaultyDisk
internal import Simulator
internal import Store

/// Everything of one run: plant, broker, gateway, link and receiver, played one step after
/// another in virtual time.
final class World {
    let scenario: Scenario
    let sabotage: Sabotage?
    /// Of files that are not the database's.
    let directory: String
    let meter = Meter()
    let clock = WorldClock()
    let disk: FaultyDisk
    let truth: Truth
    let broker: ModelBroker
    let receiver: ModelReceiver
    var generator: SplitMix
    /// No more faults: all that is left is to come to an end.
    var isHealed = false
    /// Messages so far.
    var serial = 0
    // The gateway.
    var life: Life?
    /// Of the life before: its thread may still be letting go of it.
    weak var lastOutbox: OutboxStore?
    var lives = 0
    var change = Variant.Change.none
    /// After so many looks the gateway dies.
    var doom: Int?
    var isDead = false
    var stalledUntil: Microseconds = 0
    private var agenda = Agenda()
    private var turns = [Turn(), Turn()]
    /// What the gateway can't do while its uplink waits for an answer.
    private var postponed: [Agenda.Entry] = []
    private let trace: ((String) -> Void)?

    /// The next turn of a loop.
    private struct Turn {
        var number = 0
        var time: Microseconds = 0
    }

    init(seed: UInt64, sabotage: Sabotage?, directory: String, trace: ((String) -> Void)?) {
        self.sabotage = sabotage
        self.directory = directory
        self.trace = trace
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

    /// For a person who looks into one run.
    func say(_ what: @autoclosure () -> String) {
        trace?("step \(meter.tally[.steps]), \(Double(clock.elapsed) / 1e6) s: \(what())")
    }

    // MARK: Chance

    func draw(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &generator) }
    func drawSeed() -> UInt64 { generator.next() }
    /// In a thousand.
    func chance(_ odds: UInt64) -> Bool { generator.next() % 1_000 < odds }

    // MARK: Time

    var now: Timestamp { clock.wall }
    var uptime: Microseconds { clock.uptime }

    func plan(_ entry: Agenda.Entry, in span: Microseconds) {
        agenda.add(entry, at: clock.elapsed + span)
    }

    func play(until end: Microseconds) async { await play(until: end, isNested: false) }

    /// While the uplink waits for an answer.
    func play(for span: Microseconds) async {
        await play(until: clock.elapsed + span, isNested: true)
        for entry in postponed { agenda.add(entry, at: clock.elapsed) }
        postponed.removeAll()
    }

    private func play(until end: Microseconds, isNested: Bool) async {
        while let time = agenda.nextTime, time <= end, truth.failures.isEmpty {
            // First the gateway's uplink comes to its end, too.
            if isNested, isDead { return }
            clock.elapsed = max(clock.elapsed, time)
            guard let entry = agenda.next() else { return }
            meter.count(.steps)
            await play(entry, isNested)
            if broker.hasSent {
                broker.hasSent = false
                hasten(.session, to: clock.elapsed + draw(500...20_000))
            }
        }
        clock.elapsed = max(clock.elapsed, end)
    }

    private func play(_ entry: Agenda.Entry, _ isNested: Bool) async {
        switch entry {
        case .turn(.uplink, _, _) where isNested, .start where isNested: postponed.append(entry)
        case .start: await start()
        case .turn(let loop, let life, let number):
            guard lives == life, self.life != nil, !isDead, turns[loop.rawValue].number == number
            else { return }
            guard clock.elapsed >= stalledUntil else {
                schedule(loop, in: 0)
                return
            }
            switch loop {
            case .session: playSession(isNested)
            case .uplink: await playUplink()
            }
        case .sensor(let index): playSensor(index)
        case .fault: playFault()
        case .write:
            broker.write()
            plan(.write, in: draw(1_000_000...10_000_000))
        case .end(let trouble): end(trouble)
        case .arrival(let batch): _ = receiver.post(batch)
        }
    }

    func schedule(_ loop: Agenda.Loop, in span: Microseconds) {
        let number = turns[loop.rawValue].number + 1
        let time = max(clock.elapsed + span, stalledUntil)
        turns[loop.rawValue] = Turn(number: number, time: time)
        agenda.add(.turn(loop, life: lives, number: number), at: time)
    }

    func hasten(_ loop: Agenda.Loop, to time: Microseconds) {
        guard life != nil, turns[loop.rawValue].time > time else { return }
        schedule(loop, in: time - clock.elapsed)
    }
}
