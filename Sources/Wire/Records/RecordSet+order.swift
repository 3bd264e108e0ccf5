internal import Core

extension RecordSet {
    /// The same records, neighbours alike: windows in the order of layout, series, start and
    /// revision, samples in that of places, series and time.
    package func ordered() -> RecordSet {
        var ordered = self
        ordered.windows = orderedWindows
        ordered.samples = orderedSamples
        return ordered
    }

    private var orderedWindows: [WindowRecord] {
        struct Key: Comparable {
            let layout: Int
            let series: SeriesID
            let start: Timestamp
            let revision: UInt32
            let place: Int

            static func < (left: Key, right: Key) -> Bool {
                (left.layout, left.series, left.start, left.revision, left.place)
                    < (right.layout, right.series, right.start, right.revision, right.place)
            }
        }
        var layouts: [WindowLayout: Int] = [:]
        var last: (layout: WindowLayout, number: Int)?
        // Looked up once for each window, or seldomer: a comparison must not hash.
        let keys = windows.enumerated().map { place, window in
            if last?.layout != window.layout {
                let number = layouts[window.layout, default: layouts.count]
                layouts[window.layout] = number
                last = (window.layout, number)
            }
            return Key(
                layout: last?.number ?? 0, series: window.series, start: window.start,
                revision: window.revision, place: place)
        }
        // As the core closes them, mostly.
        guard !zip(keys, keys.dropFirst()).allSatisfy(<) else { return windows }
        return keys.sorted().map { windows[$0.place] }
    }

    private var orderedSamples: [SampleRecord] {
        guard !samples.isEmpty else { return [] }
        var kinds: [SeriesID: UInt8] = [:]
        for sample in samples {
            let kind = sample.reading.number.columnKind
            kinds[sample.series] = max(kinds[sample.series] ?? 0, kind)
        }
        struct Key {
            let kind: UInt8
            let series: SeriesID
            let time: Timestamp
            let place: Int
        }
        return samples.enumerated().map { place, sample in
            Key(
                kind: kinds[sample.series] ?? 0, series: sample.series, time: sample.reading.time,
                place: place)
        }.sorted {
            ($0.kind, $0.series, $0.time, $0.place) < ($1.kind, $1.series, $1.time, $1.place)
        }.map { samples[$0.place] }
    }

    /// The samples in tables: each of series of the same places, so that all of its numbers
    /// fit one column.
    var sampleTables: [ArraySlice<SampleRecord>] {
        var tables: [ArraySlice<SampleRecord>] = []
        var kind: UInt8?
        var start = 0
        while start < samples.count {
            let series = samples[start].series
            var (own, end) = (UInt8(0), start)
            while end < samples.count, samples[end].series == series {
                own = max(own, samples[end].reading.number.columnKind)
                end += 1
            }
            if own == kind, let last = tables.last {
                tables[tables.count - 1] = samples[last.startIndex..<end]
            } else {
                tables.append(samples[start..<end])
            }
            (kind, start) = (own, end)
        }
        return tables
    }
}

extension Number {
    /// Numbers of one kind fit one column well: decimals of some scale, or doubles.
    fileprivate var columnKind: UInt8 { isBinary ? .max : scale }
}
