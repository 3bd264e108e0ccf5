/// What has come into one window so far. Mergeable.
struct WindowAccumulator: Hashable, Sendable {
    let start: Timestamp
    var flags: WindowRecord.Flags = []
    private var count: UInt64 = 0
    private var sum = ExactSum()
    private var minimum = Number.zero
    private var maximum = Number.zero
    private var first = Number.zero
    private var firstTime = Timestamp.epoch
    private var last = Number.zero
    private var lastTime = Timestamp.epoch
    private var moments = Moments()
    private var histogram = ExponentialHistogram()

    init(start: Timestamp) { self.start = start }

    mutating func add(_ number: Number, at time: Timestamp, _ needs: AggregateNeeds) {
        let value = number.double
        sum.add(number)
        if count == 0 {
            (minimum, maximum) = (number, number)
            (first, last) = (number, number)
            (firstTime, lastTime) = (time, time)
        } else {
            if value < minimum.double { minimum = number }
            if value > maximum.double { maximum = number }
            if time < firstTime { (first, firstTime) = (number, time) }
            if time >= lastTime { (last, lastTime) = (number, time) }
        }
        count += 1
        if needs.contains(.moments) { moments.add(value) }
        if needs.contains(.histogram) { histogram.add(value) }
    }

    func record(series: SeriesID, layout: WindowLayout) -> WindowRecord {
        WindowRecord(
            series: series, start: start, end: start + (layout.shape.size ?? 0), layout: layout,
            flags: flags, values: layout.aggregates.map(value))
    }

    private func value(_ aggregate: Aggregate) -> Number {
        switch aggregate {
        case .count: Number(Int(count))
        case .sum: sum.number
        case .mean: .mean(count: Number(Int(count)), sum: sum.number)
        case .min: minimum
        case .max: maximum
        case .first: first
        case .last: last
        case .standardDeviation: rounded(moments.standardDeviation, extraPlaces: 2)
        case .quantile(let hundredths): quantile(Double(hundredths) / 10_000)
        default: .zero
        }
    }

    private func quantile(_ fraction: Double) -> Number {
        let estimate = histogram.quantile(fraction) ?? 0
        return rounded(
            Swift.min(Swift.max(estimate, minimum.double), maximum.double), extraPlaces: 0)
    }

    /// What is an estimate anyway is shipped with the places of the readings, not with the
    /// noise of a double: a fifth of the bytes.
    private func rounded(_ value: Double, extraPlaces: UInt8) -> Number {
        let places = Swift.max(minimum.scale, maximum.scale, last.scale)
        return Number(value, roundedTo: places + extraPlaces) ?? .zero
    }
}

extension WindowAccumulator {
    func encode(into writer: inout ByteWriter) {
        writer.time(start)
        writer.byte(flags.rawValue)
        writer.varint(count)
        sum.encode(into: &writer)
        for number in [minimum, maximum, first, last] { writer.number(number) }
        writer.time(firstTime)
        writer.time(lastTime)
        writer.byte(moments.count > 0 ? 1 : 0)
        if moments.count > 0 { moments.encode(into: &writer) }
        writer.byte(histogram.count > 0 ? 1 : 0)
        if histogram.count > 0 { histogram.encode(into: &writer) }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        start = try reader.time()
        flags = WindowRecord.Flags(rawValue: try reader.byte())
        count = try reader.readings()
        guard count > 0 else { throw .malformed("a window without a reading") }
        sum = try ExactSum(from: &reader)
        minimum = try reader.measured()
        maximum = try reader.measured()
        first = try reader.measured()
        last = try reader.measured()
        firstTime = try reader.time()
        lastTime = try reader.time()
        if try reader.byte() == 1 { moments = try Moments(from: &reader) }
        if try reader.byte() == 1 { histogram = try ExponentialHistogram(from: &reader) }
    }
}
