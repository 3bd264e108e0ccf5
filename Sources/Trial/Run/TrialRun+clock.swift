package import Core

extension TrialRun {
    /// How often the gateway looks at its clock when there is nothing to read
    /// (`Ingest.caughtUp`). Here it looks at whole multiples of it since 1970.
    static let look: Microseconds = 250_000

    /// Time passes up to this moment, at which something is read before any look.
    mutating func pass<E: Error>(
        until time: Timestamp, _ step: (Timestamp, Effects) throws(E) -> Void
    ) throws(E) {
        while let due = nextTick(before: time) {
            now = due
            _ = engine.tick(at: due, into: &effects)
            try handOver(at: due, step)
        }
    }

    /// The recording is over: time goes on until nothing changes any more.
    package mutating func finish<E: Error>(_ step: (Timestamp, Effects) throws(E) -> Void) throws(E)
    {
        try pass(until: .latest, step)
    }

    /// The first look after the last one at which a tick would change something.
    ///
    /// Without a message, what is due at one look is due at each later one: so the first is
    /// found by halving, and a pause of days costs a few dozen looks instead of millions.
    private mutating func nextTick(before time: Timestamp) -> Timestamp? {
        guard let now else { return nil }
        var low = now.microseconds.quotientAndFloorRemainder(Self.look).0 + 1
        var high = (time.microseconds - 1).quotientAndFloorRemainder(Self.look).0
        guard low <= high, engine.wantsTick(at: Self.moment(high)) else { return nil }
        // Most are due soon.
        var reach: Int64 = 1
        while low + reach < high, !engine.wantsTick(at: Self.moment(low + reach)) {
            low += reach + 1
            reach *= 2
        }
        high = min(high, low + reach)
        while low < high {
            let middle = low + (high - low) / 2
            if engine.wantsTick(at: Self.moment(middle)) { high = middle } else { low = middle + 1 }
        }
        return Self.moment(high)
    }

    private static func moment(_ look: Int64) -> Timestamp {
        Timestamp(microseconds: look * Self.look)
    }
}
