internal import Simulator

/// The same run of the real store over and over, each time with another operation of the disk
/// failing. The process lives on; after a failed sync it may be killed. Behind a failed sync
/// comes a power cut that takes whatever was not written since.
package struct DiskFaultSweep: Sendable {
    package enum Kind: Sendable, CaseIterable {
        /// EIO, once.
        case read, write
        /// Once or a few times in a row.
        case sync
        /// ENOSPC, for a few tries.
        case full
    }

    private let seed: UInt64
    private let commits: Int

    package init(seed: UInt64, commits: Int) {
        self.seed = seed
        self.commits = commits
    }

    /// - Parameter most: runs at most, spread over all operations of the kind.
    /// - Returns: how many faults were met, and what was broken.
    package func run(
        _ kind: Kind, most: Int = .max, progress: (Int, Int) -> Void = { _, _ in }
    ) async -> (faults: Int, failures: [String]) {
        let script = Script(seed: seed, commits: commits)
        let disk = FaultyDisk(seed: seed)
        guard let failure = await StoreRun.play(script, disk) else {
            return await sweep(kind, script, disk.count(of: kind.operation), most, progress)
        }
        return (0, ["seed \(seed), no fault: \(failure)"])
    }

    private func sweep(
        _ kind: Kind, _ script: Script, _ operations: Int, _ most: Int,
        _ progress: (Int, Int) -> Void
    ) async -> (faults: Int, failures: [String]) {
        let step = most >= operations ? 1 : (operations + most - 1) / most
        let moments = Array(stride(from: 1, through: operations, by: step))
        var (faults, failures) = (0, [String]())
        for (index, moment) in moments.enumerated() {
            let played = await play(script, kind, at: moment)
            faults += played.faults
            if let failure = played.failure {
                failures.append("seed \(seed), \(commits) commits, \(kind) \(moment): \(failure)")
            }
            progress(index + 1, moments.count)
        }
        return (faults, failures)
    }

    private func play(
        _ script: Script, _ kind: Kind, at moment: Int
    ) async -> (faults: Int, failure: String?) {
        var chance = SplitMix(seed: seed &* 1_000_003 &+ UInt64(moment))
        let disk = FaultyDisk(seed: chance.next())
        let times = Int(chance.next() % 4) + 1
        switch kind {
        case .read: disk.fail(.read, at: moment)
        case .write: disk.fail(.write, at: moment)
        case .full: disk.fill(at: moment)
        case .sync:
            disk.fail(.sync, at: moment, times: times == 4 ? 3 : 1)
            disk.cutPower(at: .sync(moment + times + Int(chance.next() % 12)))
        }
        let dies = kind == .sync && chance.next() % 3 == 0
        do {
            let run = try StoreRun(script: script, disk: disk, fate: kind == .sync ? .lost : nil)
            run.afterFault = { disk in
                if kind == .full, run.faults >= times { disk.heal() }
                if dies { run.kill() }
            }
            let failure = await run.play()
            return (run.faults, failure)
        } catch {
            return (0, "\(error)")
        }
    }
}

extension DiskFaultSweep.Kind {
    fileprivate var operation: FaultyDisk.Operation {
        switch self {
        case .read: .read
        case .write, .full: .write
        case .sync: .sync
        }
    }
}

extension StoreRun {
    /// - Returns: what was broken.
    fileprivate static func play(_ script: Script, _ disk: FaultyDisk) async -> String? {
        do {
            return try await StoreRun(script: script, disk: disk).play()
        } catch {
            return "\(error)"
        }
    }
}
