import Core
import Simulator
import Testing

/// What goes through the journal whole: `JournalCutRun` in Tests/Simulation.
@Suite struct JournalBlockTests {
    @Test func damagedBlocksAreRefusedNotBelieved() {
        var generator = SplitMix(seed: 3)
        var journal = JournalBlock()
        journal.append(topic: Array("a/b".utf8).span)
        journal.append(
            topic: 0, packetID: 7, arrival: .epoch, payload: Array("20.5".utf8).span)
        journal.append(
            Refusal(
                packetID: 8, hash: 9, cause: .tooLarge, subject: "a", detail: "b", time: .epoch))
        let good = journal.encoded()
        #expect((try? JournalBlock.decode(good))?.count == 3)
        for _ in 0..<2_000 {
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &generator)] = .random(
                in: 0...255, using: &generator)
            _ = try? JournalBlock.decode(bad)
            _ = try? JournalBlock.decode(
                Array(bad.prefix(Int.random(in: 0..<bad.count, using: &generator))))
        }
    }
}
