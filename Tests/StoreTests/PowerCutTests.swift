import FaultyDisk
import Testing

@Suite struct PowerCutTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func eachSyncSurvivesAPowerCut(seed: UInt64) async {
        let outcome = await PowerCutSweep(seed: seed, commits: 12).run()
        #expect(outcome.cuts > 50)
        #expect(outcome.failures.isEmpty, "\(outcome.failures.prefix(3))")
    }
}
