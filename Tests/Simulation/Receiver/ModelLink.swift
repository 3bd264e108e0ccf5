internal import Core
internal import Simulator
internal import Uplink
internal import Wire

/// The way to the receiver and back: loses requests and answers, delays them, delivers a
/// request a second time long after. What answers come, the gateway reads with its own eyes.
///
/// All of a simulation runs one step after another.
final class ModelLink: BatchTransport, @unchecked Sendable {
    private let world: World
    private let life: Int

    init(_ world: World, life: Int) {
        self.world = world
        self.life = life
    }

    func send(_ batch: [UInt8]) async -> BatchAnswer {
        world.meter.count(.requests)
        if world.sabotage == .confirmBeforeStored {
            return .stored(duplicate: false, completeThrough: 0)
        }
        guard world.survives(life) else { return .later(after: nil, reason: "dead") }
        let receiver = world.receiver
        let delay = world.draw(5_000...300_000)
        guard world.chance(world.isHealed ? 0 : world.scenario.badLink) else {
            await world.play(for: delay)
            let answer = receiver.post(batch)
            await world.play(for: delay)
            return read(answer)
        }
        world.meter.count(.requestsFailed)
        switch world.draw(0...6) {
        case 0:
            // The request is lost.
            await world.play(for: 5_000_000)
            return .later(after: nil, reason: "timeout")
        case 1:
            // The answer is lost.
            await world.play(for: delay)
            _ = receiver.post(batch)
            await world.play(for: 5_000_000)
            return .later(after: nil, reason: "timeout")
        case 2:
            // The request is on its way for long.
            world.plan(.arrival(batch), in: world.draw(5_000_000...20_000_000))
            await world.play(for: 5_000_000)
            return .later(after: nil, reason: "timeout")
        case 3:
            // It arrives twice.
            world.plan(.arrival(batch), in: world.draw(0...20_000_000))
            await world.play(for: delay)
            let answer = receiver.post(batch)
            await world.play(for: delay)
            return read(answer)
        case 4:
            await world.play(for: delay)
            return read((503, "2", "{\"status\":\"unavailable\",\"reason\":\"busy\"}"))
        case 5:
            await world.play(for: delay)
            return read((world.draw(0...1) == 0 ? 401 : 500, nil, "no"))
        default:
            // A proxy's word, not the receiver's.
            await world.play(for: delay)
            let status = [200, 400, 409, 413, 502][Int(world.draw(0...4))]
            return read((status, nil, "<html>stored</html>"))
        }
    }

    private func read(_ answer: (status: Int, retryAfter: String?, body: String)?) -> BatchAnswer {
        guard let answer else { return .later(after: nil, reason: "the connection broke") }
        return AnswerReader.read(
            status: answer.status, retryAfter: answer.retryAfter, body: Array(answer.body.utf8))
    }
}
