internal import Foundation
internal import Rig
internal import Synchronization

/// Follows a schedule of kills on a thread of its own.
final class Executioner: Sendable {
    private struct State {
        var done = 0
        var gatewayKills = 0
        var receiverKills = 0
        var mishaps: [String] = []
        var isOver = false
    }
    private let state = Mutex(State())
    let schedule: KillSchedule

    init(_ schedule: KillSchedule) { self.schedule = schedule }

    func begin(gateway: Gateway, receiver: Receiver, link: Link) {
        Thread { [self] in
            follow(Victims(gateway: gateway, receiver: receiver, link: link))
            state.withLock { $0.isOver = true }
        }.start()
    }

    private struct Victims: Sendable {
        let gateway: Gateway
        let receiver: Receiver
        let link: Link
    }

    var isOver: Bool { state.withLock(\.isOver) }
    /// 0...1, of all events.
    var progress: Double {
        state.withLock { Double($0.done) / Double(max(1, schedule.events.count)) }
    }
    var kills: (gateway: Int, receiver: Int) {
        state.withLock { ($0.gatewayKills, $0.receiverKills) }
    }
    /// What happened that the schedule does not know of.
    var mishaps: [String] { state.withLock(\.mishaps) }

    private func follow(_ plant: Victims) {
        let start = ContinuousClock.now
        for event in schedule.events {
            let left = ContinuousClock.now.duration(to: start + .milliseconds(event.at))
            if left > .zero { Thread.sleep(forTimeInterval: left / .seconds(1)) }
            do {
                try play(event.deed, plant)
            } catch {
                state.withLock { $0.mishaps.append("\(event.deed): \(error)") }
            }
            state.withLock { $0.done += 1 }
        }
    }

    private func play(_ deed: KillSchedule.Deed, _ plant: Victims) throws {
        switch deed {
        case .kill(let ends):
            // The signals first, so that both ends die in the same instant.
            let victims = ends.map {
                $0 == .gateway ? plant.gateway.process : plant.receiver.process
            }
            for victim in victims {
                if let code = victim.poll() {
                    let text = "\(victim.name) ended by itself (\(code)):\n\(victim.tail())"
                    state.withLock { $0.mishaps.append(text) }
                }
                victim.kill()
            }
            for victim in victims { victim.killAndWait() }
            state.withLock { state in
                state.gatewayKills += ends.contains(.gateway) ? 1 : 0
                state.receiverKills += ends.contains(.receiver) ? 1 : 0
            }
        case .start(.gateway): try plant.gateway.restart()
        case .start(.receiver): try plant.receiver.launch()
        case .cutLink: plant.link.cut()
        case .restoreLink: try plant.link.restore()
        }
    }
}
