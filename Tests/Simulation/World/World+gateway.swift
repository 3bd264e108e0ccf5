internal import Core
internal import FaultyDisk
internal import SQLite
internal import Store
internal import Zstd

extension World {
    /// SQLite's name of the disk.
    var fileSystem: String { disk.name }
    private var file: String { "\(directory)/\(StoreFile.name)" }

    // MARK: Life and death

    func start() async {
        guard life == nil else { return }
        // Nothing of a process runs on when the next one begins.
        while lastOutbox != nil { await Task.yield() }
        lives += 1
        meter.count(.restarts)
        if sabotage == .stateForgotten, lives > 1 { forgetState() }
        do {
            life = try await begin()
        } catch {
            say("can't start: \(error)")
            if (error as? StoreError)?.damage != nil {
                truth.fail("the store is damaged: \(error)")
            }
            bury()
            return
        }
        guard !disk.isOff else {
            bury()
            return
        }
        resolveDoubt(isStart: true)
        schedule(.session, in: 1_000)
        schedule(.uplink, in: draw(1_000...1_000_000))
    }

    /// A process that somebody beside us starts has our locks till it is one of its own.
    private func begin() async throws -> Life {
        for _ in 0..<10_000 {
            do {
                return try Life(number: lives, variant: Variant(change, scenario), self)
            } catch StoreError.held {
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        throw StoreError.held(directory)
    }

    /// Whether this life of the gateway goes on. Each look may be its last.
    func survives(_ number: Int) -> Bool {
        guard lives == number, !isDead else { return false }
        if let left = doom {
            doom = left > 0 ? left - 1 : nil
            if left == 0 { isDead = true }
        }
        if disk.isOff { isDead = true }
        return !isDead
    }

    /// Lets go of the gateway, which holds the world.
    func end() {
        meter.count(.snapshots, life?.snapshots ?? 0)
        lastOutbox = life?.outbox
        life = nil
    }

    /// The process is gone, or the machine.
    private func bury() {
        say(disk.isOff ? "the power is gone" : "the process is gone")
        end()
        isDead = false
        doom = nil
        truth.died()
        broker.disconnect()
        if disk.isOff {
            meter.count(.powerCuts)
            disk.restart()
            clock.boot = clock.elapsed
        } else {
            meter.count(.kills)
            disk.endProcess()
        }
        plan(.start, in: draw(10_000...6_000_000))
    }

    // MARK: Its loops

    func playSession(_ isNested: Bool) {
        guard let life else { return }
        do {
            let wait = try life.turn()
            schedule(.session, in: max(wait, 500))
        } catch {
            isDead = true
            if !isNested { bury() }
        }
    }

    func playUplink() async {
        guard let wait = await life?.playUplink() else { return }
        guard !isDead, !disk.isOff else {
            bury()
            return
        }
        // What it looks at every 200 ms changes with a commit, or with age.
        schedule(
            .uplink,
            in: life?.isUplinkIdle == true ? (isHealed ? 6_000_000 : 2_000_000) : max(wait, 1_000))
    }

    /// The gateway has committed: there may be something to send.
    func committed() {
        if life?.isUplinkIdle == true { hasten(.uplink, to: clock.elapsed + 200_000) }
    }

    /// Just after a connection was made is a good moment to die.
    func lieInWait() {
        if !isHealed, scenario.faults.contains(.kill), chance(100) { doom = Int(draw(0...3)) }
    }

    /// The gateway is connected and has all that the broker had for it.
    var isQuiet: Bool { broker.isDrained && life?.isConnected == true }

    // MARK: The store from outside

    /// After a commit that threw: what does the store hold?
    func resolveDoubt(isStart: Bool = false) {
        guard truth.isInDoubt else { return }
        do {
            let connection = try Connection(path: file, readOnly: true, fileSystem: fileSystem)
            let snapshot = try connection.integer(
                "SELECT value FROM meta WHERE key = 'snapshot_block'")
            let block = max(
                snapshot, try connection.integer("SELECT coalesce(max(number), 0) FROM journal"))
            let last = try connection.first(
                "SELECT data FROM journal WHERE number = ?", .integer(block)
            ) { $0.blob(0) }
            let entries = try last.map {
                try JournalBlock.decode(try Zstd.decompress($0, limit: 1 << 24))
            }
            truth.resolve(
                block: block, entries ?? [], isSnapshot: block == snapshot, isStart: isStart)
        } catch {
            // The power went meanwhile: there is a next start.
            if !disk.isOff { truth.fail("can't look into the store: \(error)") }
        }
    }

    private func forgetState() {
        let connection = try? Connection(path: file, fileSystem: fileSystem)
        try? connection?.execute(
            """
            DELETE FROM snapshot WHERE part >= 2;
            DELETE FROM meta WHERE key = 'snapshot_check'
            """)
    }
}
