internal import Core
internal import Export
internal import Wire

/// Leaves out windows that a gateway sent twice since its store had gone back to an older
/// state: the epoch that it wrote then forks off from one that is held here.
///
/// The first of them stays: the store had forgotten readings when it made the second.
struct ForkFilter {
    private struct Identity: Hashable {
        let series: Series
        let start: Timestamp
        let layout: WindowLayout
        /// Of a part of a window, which may have several.
        let values: [Number?]
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
        dropped += records.windows.count - kept.windows.count
        if isBehindFork { fresh.formUnion(kept.windows.map { Self.identity($0, kept) }) }
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
        Identity(
            series: records.series[Int(window.series)], start: window.start,
            layout: window.layout,
            values: window.flags.contains(.partial) ? window.values : [])
    }
}
