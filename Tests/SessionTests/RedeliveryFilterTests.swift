import Session
import Simulator
import Testing

@Suite struct RedeliveryFilterTests {
    private func expect(
        _ filter: inout RedeliveryFilter, packetID: UInt16, hash: UInt64, _ isRedelivered: Bool,
        at location: SourceLocation = #_sourceLocation
    ) {
        let answer = filter.isRedelivered(packetID: packetID, hash: hash)
        if !answer { filter.note(packetID: packetID, hash: hash) }
        #expect(answer == isRedelivered, sourceLocation: location)
    }

    @Test func knowsWhatComesAgainAndOnlyThat() {
        var filter = RedeliveryFilter()
        filter.connected(sessionPresent: false)
        for id in UInt16(1)...10 { expect(&filter, packetID: id, hash: UInt64(id), false) }
        filter.connected(sessionPresent: true)
        // 8 to 10 were not acknowledged; 11 was never seen.
        for id in UInt16(8)...10 { expect(&filter, packetID: id, hash: UInt64(id), true) }
        expect(&filter, packetID: 11, hash: 11, false)
        // From the first new one on nothing is taken for a repetition.
        expect(&filter, packetID: 8, hash: 8, false)
    }

    @Test func theSamePacketIDWithOtherContentIsNew() {
        var filter = RedeliveryFilter()
        filter.note(packetID: 5, hash: 55)
        filter.connected(sessionPresent: true)
        expect(&filter, packetID: 5, hash: 56, false)
    }

    private func expect(
        _ filter: inout RedeliveryFilter, stepTo packetID: UInt16,
        _ expected: RedeliveryFilter.Step,
        at location: SourceLocation = #_sourceLocation
    ) {
        let step = filter.step(to: packetID)
        filter.note(packetID: packetID, hash: UInt64(packetID))
        #expect(step == expected, sourceLocation: location)
    }

    @Test func countsWhatTheBrokerDropped() {
        var filter = RedeliveryFilter()
        expect(&filter, stepTo: 65_530, .forward(missing: 0))
        expect(&filter, stepTo: 65_531, .forward(missing: 0))
        expect(&filter, stepTo: 65_534, .forward(missing: 2))
        // 65,535, 1 and 2.
        expect(&filter, stepTo: 3, .forward(missing: 3))
        // QoS 0 is not numbered.
        expect(&filter, stepTo: 0, .forward(missing: 0))
        expect(&filter, stepTo: 4, .forward(missing: 0))
        // A new session begins at 1.
        filter.connected(sessionPresent: false)
        expect(&filter, stepTo: 3, .forward(missing: 2))
    }

    /// What had the ids after that may come again with other content only.
    @Test func aBrokerWithAnOlderStateIsNoticed() {
        var filter = RedeliveryFilter()
        for id in UInt16(1)...150 { filter.note(packetID: id, hash: UInt64(id)) }
        filter.connected(sessionPresent: true)
        for id in UInt16(95)...100 { expect(&filter, packetID: id, hash: UInt64(id), true) }
        expect(&filter, packetID: 101, hash: 7, false)
        filter.connected(sessionPresent: true)
        for id in UInt16(99)...100 { expect(&filter, packetID: id, hash: UInt64(id), true) }
        expect(&filter, packetID: 101, hash: 7, true)
        expect(&filter, packetID: 102, hash: 102, false)

        var other = RedeliveryFilter()
        for id in UInt16(1)...150 { other.note(packetID: id, hash: UInt64(id)) }
        other.connected(sessionPresent: true)
        expect(&other, packetID: 100, hash: 100, true)
        expect(&other, stepTo: 101, .back)
        expect(&other, stepTo: 102, .forward(missing: 0))
    }

    /// A crash between the broker's answer and its commit: the next answer says that there
    /// is a session, but it is another one.
    @Test func anotherSessionIsNoticedByItsFirstNumber() {
        for newest in [UInt16(1), 5_000, 40_000, 65_534] {
            var filter = RedeliveryFilter()
            filter.note(packetID: newest, hash: 9)
            filter.connected(sessionPresent: true)
            expect(&filter, packetID: 1, hash: 1, false)
            filter = RedeliveryFilter()
            filter.note(packetID: newest, hash: 9)
            filter.connected(sessionPresent: true)
            expect(&filter, stepTo: 1, .back)
            expect(&filter, stepTo: 2, .forward(missing: 0))
        }
        var filter = RedeliveryFilter()
        filter.note(packetID: 65_535, hash: 9)
        filter.connected(sessionPresent: true)
        expect(&filter, stepTo: 1, .forward(missing: 0))
        // Dropped up to the turn of the numbers, with others before.
        filter.note(packetID: 65_500, hash: 9)
        filter.connected(sessionPresent: true)
        expect(&filter, stepTo: 65_501, .forward(missing: 0))
        expect(&filter, stepTo: 1, .forward(missing: 34))
    }

    @Test func aLostSessionForgets() {
        var filter = RedeliveryFilter()
        filter.note(packetID: 5, hash: 55)
        filter.connected(sessionPresent: false)
        filter.connected(sessionPresent: true)
        expect(&filter, packetID: 5, hash: 55, false)
    }

    /// A constant value on the same topic, whose packet id comes round again.
    @Test func packetIDsThatComeRoundAreNew() {
        var filter = RedeliveryFilter()
        for index in 0..<70_000 {
            let id = UInt16(index % 65_535 + 1)
            expect(&filter, packetID: id, hash: 7, false)
        }
        filter.connected(sessionPresent: true)
        // The next one in order has been used long before.
        expect(&filter, packetID: UInt16(70_000 % 65_535 + 1), hash: 7, false)
    }

    /// Against a broker of the simplest kind: a queue, an in-flight window, lost
    /// acknowledgements and lost connections.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func nothingIsLostAndNothingCountsTwice(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var filter = RedeliveryFilter()
        var inflight: [(id: UInt16, message: Int)] = []
        var next = 0
        var counted: [Int] = []
        for _ in 0..<400 {
            filter.connected(sessionPresent: true)
            var delivery = inflight
            for _ in 0..<Int.random(in: 0...300, using: &generator) {
                let sent = (id: UInt16(next % 65_535 + 1), message: next)
                next += 1
                inflight.append(sent)
                delivery.append(sent)
            }
            // The connection dies somewhere; what was read is committed; some
            // acknowledgements arrive.
            let read = delivery.prefix(Int.random(in: 0...delivery.count, using: &generator))
            for sent in read
            where !filter.isRedelivered(packetID: sent.id, hash: UInt64(sent.message % 3)) {
                let step = filter.step(to: sent.id)
                #expect(step == .forward(missing: 0), "seed \(seed)")
                filter.note(packetID: sent.id, hash: UInt64(sent.message % 3))
                counted.append(sent.message)
            }
            inflight.removeFirst(Int.random(in: 0...read.count, using: &generator))
        }
        filter.connected(sessionPresent: true)
        for sent in inflight
        where !filter.isRedelivered(packetID: sent.id, hash: UInt64(sent.message % 3)) {
            counted.append(sent.message)
        }
        #expect(counted == Array(0..<next), "seed \(seed)")
    }
}
