import Simulation
import Testing

/// The same input gives the same output, wherever it is cut: invariant 4.
@Suite struct JournalCutTests {
    @Test(arguments: 0..<UInt64(40))
    func aRestoredEngineGoesOnAsIfNothingHadHappened(seed: UInt64) throws {
        let failures = try JournalCutRun(seed: seed).run()
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }
}
