internal import Core
internal import Logging
package import Session
internal import Store

extension Ingest {
    package func recover() throws -> RedeliveryFilter {
        clear()
        policy = initialPolicy
        try store.catchUp()
        let snapshot = try store.lastSnapshot() ?? begin()
        engine = Engine(plan: try readPlan(snapshot.plan))
        do {
            try engine.restore(snapshot.parts, series: snapshot.series)
        } catch {
            throw store.damagedState("the snapshot: \(error)")
        }
        var filter = RedeliveryFilter()
        var discarded = Effects()
        var time = Timestamp.epoch
        var next = snapshot.block + 1
        try store.eachBlock { number, size, entries in
            if number > snapshot.block {
                guard number == next else {
                    throw store.damagedState("journal block \(next) is missing")
                }
                next += 1
                policy.committed(journal: size)
            }
            for entry in entries {
                if number > snapshot.block {
                    // What it caused then was committed then.
                    try engine.replay(entry, into: &discarded) { (number) throws(FormatError) in
                        try self.plan(number)
                    }
                    discarded.removeAll()
                }
                time = entry.time ?? time
                try note(entry, at: time, in: &filter)
            }
        }
        try checkSeries(from: snapshot.series.count)
        engine.tally = committed
        takeUpPlan()
        restateAlarms()
        return filter
    }

    /// Another version of the program may read a journal otherwise. Records go by the numbers of
    /// series: with other series under them every value would be a lie.
    private func checkSeries(from first: Int) throws {
        let replayed = (first..<max(first, engine.seriesCount)).map {
            engine.series(SeriesID($0))
        }
        guard try store.series(from: first) == replayed else {
            throw store.damagedState(
                "the journal: replayed, it makes other series than the store has; a version that "
                    + "reads payloads otherwise wrote it")
        }
    }

    /// What the broker may hand over again, as the session itself came to know it.
    ///
    /// - Parameter time: of the last entry that has one.
    private func note(
        _ entry: JournalEntry, at time: Timestamp, in filter: inout RedeliveryFilter
    ) throws {
        switch entry {
        case .message(let topic, let packetID, _, let payload):
            guard Int(topic) < engine.topicCount else {
                throw store.damagedState("the journal: a message of no known topic")
            }
            let hash = RedeliveryFilter.hash(
                topic: engine.topic(topic).span, payload: payload.span)
            filter.restore(packetID: packetID, hash: hash, at: time)
        case .refusal(let refusal):
            filter.restore(packetID: refusal.packetID, hash: refusal.hash, at: time)
        case .known(let packetID, let hash):
            filter.restore(packetID: packetID, hash: hash, at: time)
        case .dropped: filter.restoreDrop()
        case .rewound: filter.restoreRewind()
        case .connected(sessionPresent: false, _): filter.connected(sessionPresent: false)
        default: break
        }
    }

    /// A new store, or one without the state of the one before it: its first snapshot says
    /// under which plan its journal begins.
    private func begin() throws -> RecoveredSnapshot {
        engine = Engine(plan: plan)
        var commit = Commit(time: .epoch)
        commit.snapshot = snapshot()
        try store.commit(commit)
        guard let first = try store.lastSnapshot() else {
            throw store.damagedState("no snapshot after the first")
        }
        return first
    }

    private func takeUpPlan() {
        guard engine.plan != plan else { return }
        logger.notice("the configuration has changed; windows of changed streams close early")
        block.append(plan: planNumber)
        engine.reconfigure(plan, into: &effects)
    }

    private func readPlan(_ number: Int64) throws -> Plan {
        guard number != planNumber else { return plan }
        guard let text = try store.plan(number) else {
            throw store.damagedState("has no plan \(number)")
        }
        do {
            return try ConfigurationReader.plan(of: text, isOfStore: true)
        } catch {
            throw store.damagedState("plan \(number): \(error)")
        }
    }

    private func plan(_ number: Int64) throws(FormatError) -> Plan {
        do {
            return try readPlan(number)
        } catch {
            throw .malformed("plan \(number): \(error)")
        }
    }
}
