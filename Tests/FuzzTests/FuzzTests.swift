import Foundation
import FuzzTargets
import Testing

@Suite struct FuzzTests {
    /// `TIDEGATE_WRITE_CORPUS=1` writes them, after a format has changed.
    @Test(arguments: FuzzTarget.all)
    func theCorpusHoldsTheSeedsOfThePresentFormats(target: FuzzTarget) throws {
        if ProcessInfo.processInfo.environment["TIDEGATE_WRITE_CORPUS"] != nil {
            try Corpus.write(target)
        }
        let inputs = try Corpus.inputs(of: target)
        let kept = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.bytes) })
        for seed in target.seeds() {
            #expect(kept[seed.name] == seed.bytes, "\(target)/\(seed.name)")
        }
    }

    @Test(arguments: FuzzTarget.all)
    func whatIsKeptFindsNothing(target: FuzzTarget) throws {
        for input in try Corpus.inputs(of: target) {
            #expect(throws: Never.self, "\(target)/\(input.name)") { try target.run(input.bytes) }
        }
    }

    /// `TIDEGATE_FUZZ_SEED` plays one again.
    @Test(arguments: FuzzTarget.all)
    func nothingNearWhatIsKeptFindsAnything(target: FuzzTarget) throws {
        let environment = ProcessInfo.processInfo.environment
        let seed =
            environment["TIDEGATE_FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)
        let inputs = try Corpus.inputs(of: target).map(\.bytes)
        var mutator = Mutator(seed: seed)
        for _ in 0..<2_000 {
            let input = mutator.next(from: inputs, maximumLength: target.maximumLength)
            do {
                try target.run(input)
            } catch {
                let bytes = Data(input).base64EncodedString()
                Issue.record("\(target), seed \(seed): \(error)\n\(bytes)")
                return
            }
        }
    }
}
