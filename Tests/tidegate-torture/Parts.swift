/// All parts, in the order in which they are played.
struct Parts {
    let trials: [any Trial]

    init(seed: UInt64, kills: Int) {
        trials = [
            KillTrial(seed: seed, kills: kills),
            DiskTrial(seed: seed),
            BacklogTrial(seed: seed),
        ]
    }

    static let names = Parts(seed: 0, kills: 0).trials.map(\.name)
}
