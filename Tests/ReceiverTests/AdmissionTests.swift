internal import OpenSSL
internal import Receiver
internal import Testing
internal import Wire

@Suite struct AdmissionTests {
    static let chain = Samples.chain(3)
    static let digests = chain.map(\.digest)
    static let stranger = SHA256Digest(hashing: [1])

    struct Case: Sendable {
        let name: String
        /// Of the chain, from 0.
        let index: Int
        let neighbours: Neighbours
        let expected: Admission
    }

    static let cases = [
        Case(name: "first of all", index: 0, neighbours: Neighbours(), expected: .store),
        Case(name: "before anything else", index: 1, neighbours: Neighbours(), expected: .store),
        Case(
            name: "follows", index: 1, neighbours: Neighbours(before: digests[0]),
            expected: .store),
        Case(
            name: "fills a hole", index: 1,
            neighbours: Neighbours(before: digests[0], previousOfNext: digests[1]),
            expected: .store),
        Case(
            name: "again", index: 1, neighbours: Neighbours(same: digests[1]),
            expected: .duplicate),
        Case(
            name: "other content", index: 1, neighbours: Neighbours(same: stranger),
            expected: .refuse(.otherContent)),
        Case(
            name: "follows another", index: 1, neighbours: Neighbours(before: stranger),
            expected: .refuse(.followsAnother)),
        Case(
            name: "precedes another", index: 1,
            neighbours: Neighbours(before: digests[0], previousOfNext: stranger),
            expected: .refuse(.precedesAnother)),
    ]

    @Test(arguments: cases) func decides(_ one: Case) {
        let batch = Self.chain[one.index]
        let admission = Admission(of: batch.header, digest: batch.digest, among: one.neighbours)
        #expect(admission == one.expected, "\(one.name)")
    }

    @Test func theFirstFollowsNothing() {
        let batch = Batch(
            sealing: Samples.records(), gateway: "gateway-1", epoch: Samples.epoch, sequence: 1,
            previous: Self.stranger)
        let admission = Admission(of: batch.header, digest: batch.digest, among: Neighbours())
        #expect(admission == .refuse(.followsAnother))
    }
}
