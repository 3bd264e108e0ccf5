internal import Core
internal import Export
internal import Wire

/// Leaves out windows, samples and events that a gateway sent twice since its store had gone
/// back to an older state: the epoch that it wrote then forks off from one that is held here.
///
/// The first of them stays: the store had forgotten readings when it made the second.
struct ForkFilter {
    private enum Identity: Hashable {
        /// Whatever its revision. With its values where it is a part of a window or an
        /// amendment, of which there may be several.
        case window(Series, start: Timestamp, WindowLayout, values: [Number?])
        case sample(Series, Reading)
        case event(EventRecord)
    }

    /// From behind the forks of earlier epochs of this gateway.
    private var known: Set<Identity> = []
    /// From behind the fork of the present epoch.
    private var fresh: Set<Identity> = []
    private var gateway = ""
    private var epoch: Epoch?
    private(set) var dropped = 0

    /// To be called in the order of gateways and epochs.
    ///
    /// - Parameter isBehindFork: whether the batch's epoch goes on otherwise in a later one.
    mutating func applied(
        to records: RecordSet, of source: RecordSource, isBehindFork: Bool
    ) -> RecordSet {
        turn(to: source)
        guard isBehindFork || !known.isEmpty else { return records }
        var kept = records
        kept.windows.removeAll { known.contains(Self.identity($0, records)) }
        kept.samples.removeAll { known.contains(Self.identity($0, records)) }
        kept.events.removeAll { known.contains(.event($0)) }
        dropped += records.counts.total - kept.counts.total
        guard isBehindFork else { return kept }
        // An early result must not keep out the result.
        let results = kept.windows.filter { !$0.flags.contains(.early) }
        fresh.formUnion(results.map { Self.identity($0, kept) })
        fresh.formUnion(kept.samples.map { Self.identity($0, kept) })
        fresh.formUnion(kept.events.map { .event($0) })
        return kept
    }

    private mutating func turn(to source: RecordSource) {
        if source.gateway != gateway {
            (known, fresh) = ([], [])
        } else if source.epoch != epoch {
            known.formUnion(fresh)
            fresh = []
        }
        (gateway, epoch) = (source.gateway, source.epoch)
    }

    private static func identity(_ window: WindowRecord, _ records: RecordSet) -> Identity {
        let isOneOfSeveral = !window.flags.isDisjoint(with: [.partial, .amendment])
        return .window(
            records.series[Int(window.series)], start: window.start, window.layout,
            values: isOneOfSeveral ? window.values : [])
    }

    private static func identity(_ sample: SampleRecord, _ records: RecordSet) -> Identity {
        .sample(records.series[Int(sample.series)], sample.reading)
    }
}
