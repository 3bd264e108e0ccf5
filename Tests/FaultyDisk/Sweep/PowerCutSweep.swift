internal import Simulator

/// The same run of the real store over and over, each time with a power cut at another sync:
/// before it, and right after it. Half of the runs meet a second cut soon after the first.
package struct PowerCutSweep: Sendable {
    private let seed: UInt64
    private let commits: Int

    package init(seed: UInt64, commits: Int) {
        self.seed = seed
        self.commits = commits
    }

    /// - Parameter progress: runs made, runs in all.
    /// - Returns: how often the power went, and what was broken; each line says from what it
    ///   can be had again.
    package func run(
        progress: (Int, Int) -> Void = { _, _ in }
    ) async -> (cuts: Int, failures: [String]) {
        var failures: [String] = []
        var cuts = 0
        let script = Script(seed: seed, commits: commits)
        let uncut = await play(script, at: nil)
        failures += uncut.failure.map { ["seed \(seed), no cut: \($0)"] } ?? []
        let moments = (1...max(1, uncut.syncs)).flatMap {
            [FaultyDisk.Moment.sync($0), .afterSync($0)]
        }
        for (index, moment) in moments.enumerated() {
            let played = await play(script, at: moment)
            cuts += played.cuts
            if let failure = played.failure {
                failures.append("seed \(seed), \(commits) commits, cut at \(moment): \(failure)")
            }
            progress(index + 1, moments.count)
        }
        return (cuts, failures)
    }

    private func play(
        _ script: Script, at moment: FaultyDisk.Moment?
    ) async -> (syncs: Int, cuts: Int, failure: String?) {
        let number =
            switch moment {
            case .sync(let number): UInt64(number) * 2
            case .afterSync(let number): UInt64(number) * 2 + 1
            default: UInt64(0)
            }
        var chance = SplitMix(seed: seed &* 1_000_003 &+ number)
        let disk = FaultyDisk(
            seed: chance.next(), sectorSize: chance.next() % 3 == 0 ? 4_096 : 512)
        // The power comes back, and goes again.
        let pause = Int(chance.next() % 12)
        if let moment { disk.cutPower(at: moment) }
        do {
            let run = try StoreRun(script: script, disk: disk)
            var isFirst = true
            run.afterCut = { disk in
                if isFirst, pause < 6 { disk.cutPower(at: .sync(disk.syncs + pause + 1)) }
                isFirst = false
            }
            let failure = await run.play()
            return (disk.syncs, run.cuts, failure)
        } catch {
            return (0, 0, "\(error)")
        }
    }
}
