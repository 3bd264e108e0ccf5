import FaultyDisk
import Testing

/// A disk that fails at any one point of the store's life, and the process that lives on:
/// each commit is whole or not there, and nothing that was acknowledged is lost.
@Suite struct DiskFaultTests {
    @Test(arguments: DiskFaultSweep.Kind.allCases)
    func theStoreOutlivesEachFault(kind: DiskFaultSweep.Kind) async {
        for seed in [4, 23] as [UInt64] {
            let outcome = await DiskFaultSweep(seed: seed, commits: 8).run(kind, most: 40)
            #expect(outcome.faults > 20)
            #expect(outcome.failures.isEmpty, "\(outcome.failures.prefix(3))")
        }
    }
}
