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

    @Test func countsWhatTheBrokerDropped() {
        var filter = RedeliveryFilter()
        #expect(filter.missing(before: 700) == 0)
        filter.note(packetID: 65_530, hash: 1)
        #expect(filter.missing(before: 65_531) == 0)
        #expect(filter.missing(before: 65_534) == 3)
        // 65,531 to 65,535, then 1 and 2.
        #expect(filter.missing(before: 3) == 7)
        filter.pass(packetID: 65_531)
        #expect(filter.missing(before: 65_532) == 0)
        // A broker that came back with an older state.
        #expect(filter.missing(before: 40_000) == 0)
        #expect(filter.missing(before: 0) == 0)
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
                #expect(filter.missing(before: sent.id) == 0, "seed \(seed)")
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
