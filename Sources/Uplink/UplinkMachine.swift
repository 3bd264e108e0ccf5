package import Core
package import Wire

/// Decides when to send and what an answer means: backoff, circuit breaker, schedule. A
/// value; time and randomness are passed in.
package struct UplinkMachine: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// The link is not to be used at this time.
        case closed
        case ready
        /// Waits after a failure, or because the receiver asked for it.
        case backingOff = "backing_off"
        /// Too many failures in a row: waits long, then tries once (Nygard, "Release It!",
        /// 2007, "Circuit Breaker").
        case broken
    }

    package enum Step: Hashable, Sendable {
        case send
        case wait(Microseconds)
    }

    /// What becomes of the batch that was answered.
    package enum Settlement: Hashable, Sendable {
        case confirm
        /// - Parameter isFork: what follows it needs an epoch of its own.
        case setAside(reason: String, isFork: Bool)
        /// It is sent again, the very same bytes.
        case keep(reason: String, wait: Microseconds)
    }

    package private(set) var state = State.ready
    private var backoff: Backoff
    private let failuresToBreak: Int
    private let breakFor: Microseconds
    private var notBefore = Timestamp.epoch
    /// What was to be waited in all.
    private var longest: Microseconds = 0
    /// Batches refused for good since the last that was taken.
    private var refusals = 0
    /// More refusals in a row than this are not the batches' fault.
    private static let refusalsToBreak = 3
    /// How often a closed schedule is looked at again.
    private static let scheduleStep: Microseconds = 1_000_000

    /// - Parameters:
    ///   - failuresToBreak: in a row; then the breaker opens.
    ///   - breakFor: how long it stays open.
    package init(backoff: Backoff, failuresToBreak: Int, breakFor: Microseconds) {
        self.backoff = backoff
        self.failuresToBreak = failuresToBreak
        self.breakFor = breakFor
    }

    package var failures: Int { backoff.failures }

    package mutating func next(isOpen: Bool, at now: Timestamp) -> Step {
        guard isOpen else {
            state = .closed
            return .wait(Self.scheduleStep)
        }
        // A clock that was set back must not prolong a wait.
        let wait = min(notBefore - now, longest)
        guard wait <= 0 else {
            if state == .closed { state = .backingOff }
            notBefore = now + wait
            return .wait(wait)
        }
        if state != .broken { state = .ready }
        return .send
    }

    package mutating func answered(
        _ answer: BatchAnswer, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) -> Settlement {
        switch answer {
        case .stored:
            succeeded()
            refusals = 0
            return .confirm
        case .refused(let reason):
            refused(reason, now)
            return .setAside(reason: reason, isFork: false)
        case .forked(let reason):
            refused(reason, now)
            return .setAside(reason: reason, isFork: true)
        case .unauthorized(let reason):
            _ = backoff.failed(using: &generator)
            return hold(reason, for: breakFor, as: .broken, now)
        case .later(let after, let reason):
            var wait = backoff.failed(using: &generator)
            if let after { wait = max(wait, Microseconds(min(after, 86_400) * 1_000_000)) }
            if state == .broken || backoff.failures >= failuresToBreak {
                return hold(reason, for: max(wait, breakFor), as: .broken, now)
            }
            return hold(reason, for: wait, as: .backingOff, now)
        }
    }

    /// The receiver works: only this batch does not.
    private mutating func refused(_ reason: String, _ now: Timestamp) {
        succeeded()
        refusals += 1
        if refusals > Self.refusalsToBreak { _ = hold(reason, for: breakFor, as: .broken, now) }
    }

    private mutating func succeeded() {
        backoff.succeeded()
        state = .ready
        notBefore = .epoch
    }

    private mutating func hold(
        _ reason: String, for wait: Microseconds, as state: State, _ now: Timestamp
    ) -> Settlement {
        self.state = state
        notBefore = now + wait
        longest = wait
        return .keep(reason: reason, wait: wait)
    }
}
