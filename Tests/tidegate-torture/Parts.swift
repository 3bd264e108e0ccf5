/// All parts, in the order in which they are played.
struct Parts {
    let trials: [any Trial]

    init(seed: UInt64, kills: Int) {
        trials = [
            FuzzTrial(seed: seed, seconds: 60),
            SimulationTrial(seed: seed, runs: 8_000),
            SanitizerTrial(),
            PowerCutTrial(seed: seed),
            DiskFaultTrial(seed: seed),
            KillTrial(seed: seed, kills: kills),
            DrainTrial(seed: seed),
            DiskTrial(seed: seed),
            DamageTrial(seed: seed),
            BacklogTrial(seed: seed),
        ]
    }

    static let names = Parts(seed: 0, kills: 0).trials.map(\.name)
}
