import Core
import Session
import Simulator
import Testing

/// What the filter writes down with a snapshot is all that a start needs.
@Suite struct KnownMessagesTests {
    private static func time(_ second: Int) -> Timestamp {
        Timestamp(microseconds: Int64(1_000_000 + second) * 1_000_000)
    }

    /// As a start does it.
    private func restored(_ filter: RedeliveryFilter) throws -> RedeliveryFilter {
        var other = RedeliveryFilter()
        var time = Timestamp.epoch
        for entry in try JournalBlock.decode(filter.journal.encoded()) {
            time = entry.time ?? time
            switch entry {
            case .known(let id, let hash): other.restore(packetID: id, hash: hash, at: time)
            case .dropped: other.restoreDrop()
            case .connected(let isPresent, _): other.connected(sessionPresent: isPresent)
            case .tick: break
            default: Issue.record("\(entry)")
            }
        }
        return other
    }

    /// Drops, holes that are filled later, older states, new sessions, ids that come round.
    @Test(arguments: 0..<40)
    func aRestoredFilterIsTheSame(run: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SplitMix(seed: seed)
        func below(_ limit: Int) -> Int { Int(chance.next() % UInt64(limit)) }
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: false)
        var sent: [(id: UInt16, hash: UInt64)] = []
        var (next, second) = (below(2) == 0 ? 0 : 65_500, 0)
        for _ in 0..<(run < 2 ? 60_000 : 400) {
            if below(3) == 0 { second += below(3) }
            switch below(120) {
            case 0: next += below(50)
            case 1:
                filter.connected(sessionPresent: true)
                for (id, hash) in sent.suffix(below(30)) {
                    _ = filter.take(packetID: id, hash: hash, at: Self.time(second))
                }
            case 2: next = max(0, next - below(200))
            case 3 where below(20) == 0:
                next = 0
                filter.connected(sessionPresent: false)
            default: break
            }
            let message = (id: UInt16(next % 65_535 + 1), hash: chance.next() % 5_000)
            next += 1
            sent.append(message)
            _ = filter.take(
                packetID: message.id, hash: message.hash, at: Self.time(second))
        }
        var other = try restored(filter)
        #expect(other.journal.encoded() == filter.journal.encoded(), "seed \(seed)")
        filter.connected(sessionPresent: true)
        other.connected(sessionPresent: true)
        for (id, hash) in sent.suffix(below(300)) + [(UInt16(next % 65_535 + 1), 99)] {
            let verdict = filter.take(packetID: id, hash: hash, at: Self.time(second))
            #expect(
                other.take(packetID: id, hash: hash, at: Self.time(second)) == verdict,
                "seed \(seed)")
        }
    }

    @Test func aNewSessionOfWhichNothingCameIsRemembered() throws {
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: false)
        var other = try restored(filter)
        other.connected(sessionPresent: true)
        // Else the store would seem to have lost what came before.
        #expect(other.take(packetID: 3, hash: 1, at: .epoch) == .new(missing: 2))
    }

    /// A minute of a draining backlog, and no payload.
    @Test func whatIsRememberedHasAnEnd() throws {
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: false)
        for number in 0..<300_000 {
            _ = filter.take(
                packetID: UInt16(number % 65_535 + 1), hash: .max, at: Self.time(number / 6_000))
        }
        let block = filter.journal
        #expect(block.messages == 262_144)
        #expect(block.encoded().count < 262_144 * 12)
        #expect(try restored(filter).journal.encoded() == block.encoded())
    }
}
