package import Core
package import Wire

/// One record for each window out of all that came of it: the newest revision, and the
/// amendments added to it.
///
/// The windows of one gateway are looked at twice, in the same order. The first look remembers
/// those that were revised or amended, and no others.
package struct WindowMerge: Sendable {
    private struct Key: Hashable {
        let series: Int
        let layout: Int
        let start: Timestamp
    }

    fileprivate struct Group {
        /// Of the records that are to stay; those below it give way.
        var rank: Rank?
        /// The highest revision that a part of the window ended with.
        var part: UInt32?
        var amendments: [(window: WindowRecord, source: RecordSource)] = []
        var isFound = false
    }

    /// A result is worth more than an early one, and a higher revision more than a lower.
    fileprivate struct Rank: Comparable {
        let isFinal: Bool
        let revision: UInt32

        init(_ window: WindowRecord) {
            isFinal = !window.flags.contains(.early)
            revision = window.revision
        }

        static func < (left: Rank, right: Rank) -> Bool {
            left.isFinal == right.isFinal ? left.revision < right.revision : right.isFinal
        }
    }

    private var groups: [Key: Group] = [:]
    /// Of those with amendments, in the order of their coming.
    private var amended: [(key: Key, series: Series)] = []
    private var seriesNumbers: [Series: Int] = [:]
    private var layoutNumbers: [WindowLayout: Int] = [:]

    package init() {}

    /// The first look.
    package mutating func note(_ records: RecordSet, from source: RecordSource) {
        for window in records.windows {
            let isAmendment = window.flags.contains(.amendment)
            guard window.revision > 0 || isAmendment else { continue }
            let series = records.series[Int(window.series)]
            let key = Key(
                series: number(of: series), layout: number(of: window.layout), start: window.start)
            if isAmendment {
                if groups[key]?.amendments.isEmpty ?? true { amended.append((key, series)) }
                groups[key, default: Group()].amendments.append((window, source))
            } else if window.flags.contains(.partial) {
                let highest = groups[key]?.part ?? 0
                groups[key, default: Group()].part = max(highest, window.revision)
            } else {
                let rank = Rank(window)
                groups[key, default: Group()].rank = groups[key]?.rank.map { max($0, rank) } ?? rank
            }
        }
    }

    /// The second look.
    ///
    /// - Returns: the records that stay; and, by their places, the windows that were amended,
    ///   and which of their values could not be.
    package mutating func merged(
        _ records: RecordSet
    ) -> (records: RecordSet, amended: [Int: [Aggregate]]) {
        guard !groups.isEmpty else { return (records, [:]) }
        var kept = records
        kept.windows.removeAll(keepingCapacity: true)
        var amended: [Int: [Aggregate]] = [:]
        let series = records.series.map { seriesNumbers[$0] }
        for window in records.windows {
            guard let series = series[Int(window.series)],
                let layout = layoutNumbers[window.layout],
                let place = groups.index(
                    forKey: Key(series: series, layout: layout, start: window.start))
            else {
                kept.windows.append(window)
                continue
            }
            guard groups.values[place].keeps(window) else { continue }
            let addition = groups.values[place].completed(window)
            if let addition {
                amended[kept.windows.count] = window.layout.aggregates.filter {
                    addition.unmerged.contains($0)
                }
            }
            kept.windows.append(addition?.window ?? window)
        }
        return (kept, amended)
    }

    /// Amendments whose window is nowhere, in the order of their coming: each with its source.
    /// After the second look.
    package var strays: [(records: RecordSet, source: RecordSource)] {
        var strays: [(records: RecordSet, source: RecordSource)] = []
        for (key, series) in amended {
            guard let group = groups[key], !group.isFound else { continue }
            for (window, source) in group.amendments {
                var window = window
                window.series = 0
                strays.append((RecordSet(series: [series], windows: [window]), source))
            }
        }
        return strays
    }

    private mutating func number(of series: Series) -> Int {
        let number = seriesNumbers[series] ?? seriesNumbers.count
        seriesNumbers[series] = number
        return number
    }

    private mutating func number(of layout: WindowLayout) -> Int {
        let number = layoutNumbers[layout] ?? layoutNumbers.count
        layoutNumbers[layout] = number
        return number
    }
}

extension WindowMerge.Group {
    fileprivate func keeps(_ window: WindowRecord) -> Bool {
        if window.flags.contains(.amendment) { return false }
        // Parts of a window stand beside one another.
        if window.flags.contains(.partial) { return true }
        let isEarly = window.flags.contains(.early)
        if let part, isEarly, window.revision < part { return false }
        return rank.map { WindowMerge.Rank(window) >= $0 } ?? true
    }

    /// The window with the amendments; `nil` where there are none, or another record of the
    /// window has them.
    fileprivate mutating func completed(_ window: WindowRecord) -> WindowAddition? {
        defer { isFound = true }
        guard !isFound, !amendments.isEmpty else { return nil }
        var addition = WindowAddition(window)
        for amendment in amendments { addition.add(amendment.window) }
        return addition
    }
}
