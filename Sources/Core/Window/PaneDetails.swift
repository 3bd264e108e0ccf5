/// What a pane keeps only where some aggregate asks for it, whatever the order of its readings.
struct PaneDetails: Hashable, Sendable {
    var moments = Moments()
    var histogram = ExponentialHistogram()
    var distinct = DistinctValues()

    mutating func add(_ value: Double, _ needs: AggregateNeeds) {
        if needs.contains(.moments) { moments.add(value) }
        if needs.contains(.histogram) { histogram.add(value) }
        if needs.contains(.distinct) { distinct.add(value) }
    }

    mutating func merge(_ other: PaneDetails, _ needs: AggregateNeeds) {
        if needs.contains(.moments) { moments.merge(other.moments) }
        if needs.contains(.histogram) { histogram.merge(other.histogram) }
        if needs.contains(.distinct) { distinct.merge(other.distinct) }
    }
}

extension PaneDetails {
    func encode(into writer: inout ByteWriter, _ needs: AggregateNeeds) {
        if needs.contains(.moments) { moments.encode(into: &writer) }
        if needs.contains(.histogram) { histogram.encode(into: &writer) }
        if needs.contains(.distinct) { distinct.encode(into: &writer) }
    }

    init(from reader: inout ByteReader, _ needs: AggregateNeeds) throws(FormatError) {
        if needs.contains(.moments) { moments = try Moments(from: &reader) }
        if needs.contains(.histogram) { histogram = try ExponentialHistogram(from: &reader) }
        if needs.contains(.distinct) { distinct = try DistinctValues(from: &reader) }
    }
}
