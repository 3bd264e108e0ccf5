import Core
import Session
import Simulator
import Testing

@Suite struct RedeliveryFilterTests {
    private func expect(
        _ filter: inout RedeliveryFilter, _ packetID: UInt16, hash: UInt64? = nil,
        _ expected: RedeliveryFilter.Verdict, at location: SourceLocation = #_sourceLocation
    ) {
        let verdict = filter.take(
            packetID: packetID, hash: hash ?? UInt64(packetID), at: .epoch)
        #expect(verdict == expected, "\(packetID)", sourceLocation: location)
    }

    private func filter(holding ids: ClosedRange<UInt16>) -> RedeliveryFilter {
        var filter = RedeliveryFilter()
        for id in ids { filter.restore(packetID: id, hash: UInt64(id), at: .epoch) }
        return filter
    }

    @Test func knowsWhatComesAgainAndOnlyThat() {
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: false)
        for id in UInt16(1)...10 { expect(&filter, id, .new(missing: 0)) }
        filter.connected(sessionPresent: true)
        // 8 to 10 were not acknowledged; 11 was never seen.
        for id in UInt16(8)...10 { expect(&filter, id, .known) }
        for id in UInt16(11)...12 { expect(&filter, id, .new(missing: 0)) }
    }

    @Test func countsWhatTheBrokerDropped() {
        var filter = RedeliveryFilter()
        expect(&filter, 65_530, .new(missing: 0))
        expect(&filter, 65_531, .new(missing: 0))
        expect(&filter, 65_534, .new(missing: 2))
        // 65,535, 1 and 2.
        expect(&filter, 3, .new(missing: 3))
        // QoS 0 is not numbered.
        expect(&filter, 0, .new(missing: 0))
        expect(&filter, 4, .new(missing: 0))
        // A new session begins at 1.
        filter.connected(sessionPresent: false)
        expect(&filter, 3, .new(missing: 2))
    }

    @Test func aSessionOfWhichTheStoreHoldsNothingIsNoticed() {
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: true)
        expect(&filter, 40_000, .rewound)
        expect(&filter, 40_001, .new(missing: 0))
        // Nobody wrote down that it is new, and nothing of it is missing.
        var young = RedeliveryFilter()
        young.connected(sessionPresent: true)
        expect(&young, 1, .new(missing: 0))
    }

    /// The broker comes back with an older state, and goes on behind what it drops; later it
    /// hands over again all that it has no acknowledgement for.
    @Test(arguments: [false, true]) func whatCameBeforeAnOlderStateIsStillKnown(isRestored: Bool) {
        var filter = filter(holding: 1...30)
        filter.connected(sessionPresent: true)
        for id in UInt16(1)...20 { expect(&filter, id, .known) }
        expect(&filter, 26, hash: 99, .rewound)
        if isRestored {
            filter = self.filter(holding: 1...30)
            filter.restoreRewind()
            filter.restore(packetID: 26, hash: 99, at: .epoch)
        }
        filter.connected(sessionPresent: true)
        for id in UInt16(1)...20 { expect(&filter, id, .known) }
        expect(&filter, 26, hash: 99, .known)
        expect(&filter, 27, .new(missing: 0))
    }

    /// Over half of the packet ids, with others of this connection before: no way back.
    @Test func manyDroppedInTheMidstOfAConnectionAreCounted() {
        var filter = filter(holding: 1...10)
        filter.connected(sessionPresent: true)
        expect(&filter, 11, .new(missing: 0))
        expect(&filter, 60_011, .new(missing: 59_999))
    }

    /// What had the ids after that may come again with other content only.
    @Test func aBrokerWithAnOlderStateIsNoticed() {
        var filter = filter(holding: 1...150)
        filter.connected(sessionPresent: true)
        for id in UInt16(95)...100 { expect(&filter, id, .known) }
        expect(&filter, 101, hash: 7, .rewound)
        filter.connected(sessionPresent: true)
        for id in UInt16(99)...100 { expect(&filter, id, .known) }
        expect(&filter, 101, hash: 7, .known)
        for id in UInt16(102)...103 { expect(&filter, id, .new(missing: 0)) }
    }

    @Test func theSamePacketIDWithOtherContentIsOfAnOlderState() {
        var filter = filter(holding: 1...9)
        filter.connected(sessionPresent: true)
        expect(&filter, 6, hash: 99, .rewound)
        filter.connected(sessionPresent: true)
        expect(&filter, 5, .known)
        expect(&filter, 6, hash: 99, .known)
        expect(&filter, 7, .new(missing: 0))
    }

    /// A crash between the broker's answer and its commit: the next answer says that there
    /// is a session, but it is another one.
    @Test(arguments: [UInt16(2), 5_000, 40_000, 65_534])
    func anotherSessionIsNoticedByItsFirstNumber(newest: UInt16) {
        var filter = filter(holding: newest...newest)
        filter.connected(sessionPresent: true)
        expect(&filter, 1, .rewound)
        expect(&filter, 2, hash: 22, .new(missing: 0))
    }

    @Test func theTurnOfTheNumbersIsNoNewSession() {
        var filter = filter(holding: 65_535...65_535)
        filter.connected(sessionPresent: true)
        expect(&filter, 1, .new(missing: 0))
        // Dropped up to the turn of the numbers, with others before.
        filter = self.filter(holding: 65_500...65_500)
        filter.connected(sessionPresent: true)
        expect(&filter, 65_501, .new(missing: 0))
        expect(&filter, 1, .new(missing: 34))
    }

    @Test func aLostSessionForgets() {
        var filter = filter(holding: 5...5)
        filter.connected(sessionPresent: false)
        filter.connected(sessionPresent: true)
        expect(&filter, 5, .new(missing: 4))
    }

    /// Measured with mosquitto 2.0.11: what its full outgoing queue has no room for stays in
    /// flight, later ones are sent, and on the next connection all comes in order.
    @Test func whatWasNumberedAndNotSentComesAfterAll() {
        var filter = filter(holding: 1...2_033)
        expect(&filter, 3_501, .new(missing: 1_467))
        filter.connected(sessionPresent: true)
        for id in UInt16(2_030)...2_033 { expect(&filter, id, .known) }
        for id in UInt16(2_034)...3_500 { expect(&filter, id, .new(missing: 0)) }
        expect(&filter, 3_501, .known)
        expect(&filter, 3_502, .new(missing: 0))
        // All before the hole is acknowledged; and once more, with all of it known.
        filter = self.filter(holding: 1...20)
        expect(&filter, 30, .new(missing: 9))
        filter.connected(sessionPresent: true)
        expect(&filter, 21, .new(missing: 0))
        filter.connected(sessionPresent: true)
        expect(&filter, 21, .known)
        for id in UInt16(22)...29 { expect(&filter, id, .new(missing: 0)) }
        expect(&filter, 30, .known)
    }

    /// The broker dropped 7 to 13, and comes back with a state of before that: what it now gives
    /// those numbers can't be told from what it had no room to send. 14 shows it.
    @Test func anOlderStateWhoseNumbersFallIntoAHoleIsNoticedBehindIt() {
        var filter = filter(holding: 1...6)
        expect(&filter, 14, .new(missing: 7))
        filter.connected(sessionPresent: true)
        for id in UInt16(5)...6 { expect(&filter, id, .known) }
        for id in UInt16(7)...13 { expect(&filter, id, .new(missing: 0)) }
        expect(&filter, 14, hash: 1_014, .rewound)
        expect(&filter, 15, .new(missing: 0))
    }

    /// A constant value on the same topic, whose packet id comes round again.
    @Test func packetIDsThatComeRoundAreNew() {
        var filter = RedeliveryFilter()
        for index in 0..<140_000 {
            expect(&filter, UInt16(index % 65_535 + 1), hash: 7, .new(missing: 0))
        }
        filter.connected(sessionPresent: true)
        // The next one in order has been used long before; and one after others were dropped.
        expect(&filter, UInt16(140_000 % 65_535 + 1), hash: 7, .new(missing: 0))
        filter.connected(sessionPresent: true)
        expect(&filter, UInt16(140_010 % 65_535 + 1), hash: 7, .new(missing: 9))
    }

    /// Beyond the span in which ids are unique, only what came within a minute is looked for.
    @Test(
        arguments: zip([Int64(10), 61], [RedeliveryFilter.Verdict.known, .new(missing: 18_999)]))
    func whatIsLongPastIsAcknowledged(seconds: Int64, verdict: RedeliveryFilter.Verdict) {
        var filter = filter(holding: 1...65_535)
        let later = Timestamp(microseconds: seconds * 1_000_000)
        for id in UInt16(1)...1_000 {
            filter.restore(packetID: id, hash: 100_000 + UInt64(id), at: later)
        }
        filter.connected(sessionPresent: true)
        expect(&filter, 20_000, verdict)
    }

    /// Against a broker of the simplest kind: a queue, an in-flight window, lost
    /// acknowledgements and lost connections.
    ///
    /// - Parameter burst: messages a connection; with many far more are unacknowledged than
    ///   there are packet ids.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8], [300, 120_000])
    func nothingIsLostAndNothingCountsTwice(seed: UInt64, burst: Int) {
        var generator = SplitMix(seed: seed)
        var filter = RedeliveryFilter()
        var inflight: [(id: UInt16, message: Int)] = []
        var next = 0
        var counted: [Int] = []
        func hash(_ message: Int) -> UInt64 {
            burst > 65_535 ? UInt64(message) &* 0x9e37_79b9_7f4a_7c15 : UInt64(message % 3)
        }
        for _ in 0..<(burst > 65_535 ? 12 : 400) {
            filter.connected(sessionPresent: true)
            var delivery = inflight
            for _ in 0..<Int.random(in: 0...burst, using: &generator) {
                let sent = (id: UInt16(next % 65_535 + 1), message: next)
                next += 1
                inflight.append(sent)
                delivery.append(sent)
            }
            // The connection dies somewhere; what was read is committed; some
            // acknowledgements arrive.
            let read = delivery.prefix(Int.random(in: 0...delivery.count, using: &generator))
            for sent in read {
                switch filter.take(packetID: sent.id, hash: hash(sent.message), at: .epoch) {
                case .known: break
                case .new(missing: 0): counted.append(sent.message)
                case let verdict: Issue.record("seed \(seed): \(verdict)")
                }
            }
            // What is remembered has an end.
            let least = max(0, min(read.count, inflight.count + burst - RedeliveryFilter.limit))
            inflight.removeFirst(Int.random(in: least...read.count, using: &generator))
        }
        filter.connected(sessionPresent: true)
        for sent in inflight
        where filter.take(packetID: sent.id, hash: hash(sent.message), at: .epoch) != .known {
            counted.append(sent.message)
        }
        #expect(counted == Array(0..<next), "seed \(seed)")
    }
}
