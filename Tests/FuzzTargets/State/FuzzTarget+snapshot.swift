internal import Core

extension FuzzTarget {
    /// Parts of a snapshot, each a byte for its key, two for its size, and that many. What is
    /// taken up must be a state that the core can go on from.
    static let snapshot = FuzzTarget("snapshot", maximumLength: 4_096, seeds: snapshotSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        var parts: [SnapshotPart] = []
        while !input.isAtEnd {
            let key = Int(Int8(bitPattern: input.byte()))
            parts.append(SnapshotPart(key: key == -1 ? .min : key, data: input.long()))
        }
        var engine = Engine(plan: Scene.plan)
        guard (try? engine.restore(parts, series: Scene.series)) != nil else { return }
        try checkSnapshot(of: engine)
        try check(try Scene.goOn(engine))
    }
}
