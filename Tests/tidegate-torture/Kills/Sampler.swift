internal import Foundation
internal import Rig
internal import Synchronization

/// Looks at the gateway's console all the time, over its lives: counts begin anew with each.
final class Sampler: Sendable {
    private struct State {
        var past = Counts()
        var present = Counts()
        var isOver = false
    }

    struct Counts: Equatable, Sendable {
        var messages = 0
        /// Handed over again by the broker, and recognised.
        var redelivered = 0
        /// Sent again to the receiver.
        var resent = 0

        static func + (left: Counts, right: Counts) -> Counts {
            Counts(
                messages: left.messages + right.messages,
                redelivered: left.redelivered + right.redelivered,
                resent: left.resent + right.resent)
        }
    }
    private let state = Mutex(State())

    func begin(_ gateway: Gateway) {
        Thread { [self] in
            while !state.withLock(\.isOver) {
                if let status = try? gateway.status { take(status) }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }.start()
    }

    func end() { state.withLock { $0.isOver = true } }

    /// At least: what happened between a look and a death is not in it.
    var total: Counts { state.withLock { $0.past + $0.present } }

    private func take(_ status: GatewayStatus) {
        let counts = Counts(
            messages: status.broker.messages, redelivered: status.broker.redelivered,
            resent: status.uplink.resent)
        state.withLock { state in
            if counts.messages < state.present.messages
                || counts.redelivered < state.present.redelivered
            {
                state.past = state.past + state.present
            }
            state.present = counts
        }
    }
}
