import FaultyDisk
import Testing

@Suite struct PowerCutTests {
    /// `make torture` runs it long.
    @Test(arguments: [1, 2] as [UInt64])
    func eachSyncSurvivesAPowerCut(seed: UInt64) async {
        let outcome = await PowerCutSweep(seed: seed, commits: 8).run()
        #expect(outcome.cuts > 50)
        #expect(outcome.failures.isEmpty, "\(outcome.failures.prefix(3))")
    }
}
