/// What has come into a piece of time so far. Mergeable.
struct Pane: Hashable, Sendable {
    var span: WindowPlan.Span
    private(set) var count: UInt64 = 0
    private(set) var countBad: UInt64 = 0
    private(set) var quality = Quality.good
    private var sum = ExactSum()
    private var minimum = Number.zero
    private var maximum = Number.zero
    private var first = Number.zero
    private var last = Number.zero
    /// Of all readings, the bad ones too.
    private(set) var firstTime = Timestamp.latest
    private(set) var lastTime = Timestamp.epoch
    private var firstKnownTime = Timestamp.epoch
    private var lastKnownTime = Timestamp.epoch
    private var details = OutOfLine<PaneDetails>()
    private var signal = OutOfLine<PaneSignal>()

    init(_ span: WindowPlan.Span) { self.span = span }

    mutating func add(_ reading: Reading, _ plan: WindowPlan) {
        if reading.quality != .good { quality.worsen(reading.quality) }
        firstTime = min(firstTime, reading.time)
        lastTime = max(lastTime, reading.time)
        if plan.needs.contains(.signal) { addToSignal(reading, plan) }
        guard !plan.isBad(reading.quality) else {
            countBad += 1
            return
        }
        let number = reading.number
        let value = number.double
        sum.add(number)
        if count == 0 {
            (minimum, maximum) = (number, number)
            (first, last) = (number, number)
            (firstKnownTime, lastKnownTime) = (reading.time, reading.time)
        } else {
            if value < minimum.double { minimum = number }
            if value > maximum.double { maximum = number }
            if reading.time < firstKnownTime { (first, firstKnownTime) = (number, reading.time) }
            if reading.time >= lastKnownTime { (last, lastKnownTime) = (number, reading.time) }
        }
        count += 1
        guard !plan.needs.isDisjoint(with: [.moments, .histogram, .distinct]) else { return }
        details.modify(or: PaneDetails()) { $0.add(value, plan.needs) }
    }

    private mutating func addToSignal(_ reading: Reading, _ plan: WindowPlan) {
        let point = SignalPoint(
            time: reading.time, value: reading.number.double, quality: reading.quality.level)
        let isInPlace = signal.modify(or: PaneSignal()) { $0.wait(for: point, plan.signal) }
        if !isInPlace { quality.worsen(Quality(.uncertain, .late)) }
    }

    /// Says that no reading ahead of this time is waited for.
    mutating func settle(through time: Timestamp, _ plan: WindowPlan) {
        guard plan.needs.contains(.signal), !signal.isEmpty else { return }
        signal.modify(or: PaneSignal()) { $0.settle(through: time, plan.signal) }
    }

    mutating func markLate() { quality.worsen(Quality(.good, .late)) }

    /// Takes up what lies behind it in time.
    mutating func append(_ later: Pane, _ plan: WindowPlan) {
        quality.worsen(later.quality)
        countBad += later.countBad
        span.end = max(span.end, later.span.end)
        span.start = min(span.start, later.span.start)
        firstTime = min(firstTime, later.firstTime)
        lastTime = max(lastTime, later.lastTime)
        if let other = later.details.value {
            details.modify(or: PaneDetails()) { $0.merge(other, plan.needs) }
        }
        if let other = later.signal.value {
            signal.modify(or: PaneSignal()) { $0.append(other, plan.signal) }
        }
        guard later.count > 0 else { return }
        sum.merge(later.sum)
        if count == 0 || later.minimum.double < minimum.double { minimum = later.minimum }
        if count == 0 || later.maximum.double > maximum.double { maximum = later.maximum }
        if count == 0 || later.firstKnownTime < firstKnownTime {
            (first, firstKnownTime) = (later.first, later.firstKnownTime)
        }
        if count == 0 || later.lastKnownTime >= lastKnownTime {
            (last, lastKnownTime) = (later.last, later.lastKnownTime)
        }
        count += later.count
    }

    var lastPoint: SignalPoint? { signal.value?.last }
    var firstPoint: SignalPoint? { signal.value?.first }
}

extension Pane {
    /// The plan's aggregates, in order.
    ///
    /// - Parameters:
    ///   - before: the last reading ahead of the window, `after` the first one behind it.
    func values(_ plan: WindowPlan, before: SignalPoint?, after: SignalPoint?) -> [Number?] {
        let signal = signal.value?.whole(plan.signal)?
            .bounded(by: span, before: before, after: after, plan.signal)
        return plan.layout.aggregates.map { aggregate in
            if let signal, let value = value(aggregate, of: signal, before, after, plan) {
                return value
            }
            return count > 0 || aggregate == .count || aggregate == .countBad
                ? value(aggregate) : nil
        }
    }

    /// Those that don't depend on the order of the readings; there is at least one.
    private func value(_ aggregate: Aggregate) -> Number? {
        switch aggregate {
        case .count: Number(Int(count))
        case .countBad: Number(Int(countBad))
        case .sum: sum.number
        case .mean: .mean(count: Number(Int(count)), sum: sum.number)
        case .min: minimum
        case .max: maximum
        case .first: first
        case .last: last
        case .range: maximum - minimum
        case .delta: last - first
        case .standardDeviation:
            rounded(details.value?.moments.standardDeviation ?? 0, extraPlaces: 2)
        case .variance: rounded(details.value?.moments.variance ?? 0, extraPlaces: 4)
        case .quantile(let hundredths): quantile(Double(hundredths) / 10_000)
        case .distinct: Number(Int(details.value?.distinct.count ?? 0))
        default: nil
        }
    }

    private func value(
        _ aggregate: Aggregate, of signal: Signal, _ before: SignalPoint?, _ after: SignalPoint?,
        _ plan: WindowPlan
    ) -> Number? {
        let durations = signal.durations
        let known = Double(durations.known) / 1_000_000
        switch aggregate {
        case .timeAverage: return known > 0 ? rounded(durations.line / known) : nil
        case .timeAverageStepped: return known > 0 ? rounded(durations.stepped / known) : nil
        case .integral: return known > 0 ? rounded(durations.line) : nil
        case .integralStepped: return known > 0 ? rounded(durations.stepped) : nil
        case .increase: return signal.lastKnown == nil ? nil : rounded(signal.increase)
        case .rate:
            guard let last = signal.lastKnown else { return nil }
            let start = before.flatMap { plan.signal.isKnown($0) ? $0 : nil } ?? signal.firstKnown
            let seconds = Double(last.time - (start ?? last).time) / 1_000_000
            return seconds > 0 ? rounded(signal.increase / seconds, extraPlaces: 6) : nil
        case .durationInState(let state):
            return plan.states.firstIndex(of: state).map { Self.seconds(durations.states[$0]) }
        case .transitions: return Number(Int(signal.transitions))
        case .durationGood: return Self.seconds(durations.known)
        case .durationBad: return Self.seconds(durations.bad)
        case .percentGood: return Self.percent(durations.known, of: span)
        case .percentBad: return Self.percent(durations.bad, of: span)
        case .worstQuality:
            let bound = signal.first.time > span.start ? before?.quality : nil
            return Number(Int(max(quality.level, bound ?? .good).rawValue))
        case .startBound:
            if signal.first.time == span.start, plan.signal.isKnown(signal.first) {
                return rounded(signal.first.value)
            }
            guard let before, plan.signal.isKnown(before) else { return nil }
            return rounded(before.value(at: span.start, towards: signal.first, plan.signal))
        case .endBound:
            guard plan.signal.isKnown(signal.last) else { return nil }
            return rounded(signal.last.value(at: span.end, towards: after, plan.signal))
        default: return nil
        }
    }

    private static func seconds(_ span: Microseconds) -> Number {
        Number.decimal(mantissa: span, scale: 6).normalized
    }

    private static func percent(_ part: Microseconds, of span: WindowPlan.Span) -> Number? {
        let whole = span.end - span.start
        return whole > 0 ? Number(Double(part) * 100 / Double(whole), roundedTo: 3) : nil
    }

    private func quantile(_ fraction: Double) -> Number {
        let estimate = details.value?.histogram.quantile(fraction) ?? 0
        return rounded(
            Swift.min(Swift.max(estimate, minimum.double), maximum.double), extraPlaces: 0)
    }

    /// What is an estimate anyway is shipped with few more places than the readings have, not
    /// with the noise of a double: a fifth of the bytes.
    private func rounded(_ value: Double, extraPlaces: UInt8 = 2) -> Number {
        let places = Swift.max(sum.scale, minimum.scale, maximum.scale, last.scale)
        return Number(value, roundedTo: places + extraPlaces) ?? .zero
    }
}

extension Pane {
    func encode(into writer: inout ByteWriter, _ plan: WindowPlan) {
        writer.time(span.start)
        writer.signed(span.end - span.start)
        writer.varint(count)
        writer.varint(countBad)
        writer.quality(quality)
        writer.time(firstTime)
        writer.signed(lastTime - firstTime)
        if count > 0 {
            sum.encode(into: &writer)
            for number in [minimum, maximum, first, last] { writer.number(number) }
            writer.time(firstKnownTime)
            writer.time(lastKnownTime)
        }
        writer.byte((details.isEmpty ? 0 : 1) | (signal.isEmpty ? 0 : 2))
        details.value?.encode(into: &writer, plan.needs)
        signal.value?.encode(into: &writer)
    }

    init(from reader: inout ByteReader, _ plan: WindowPlan) throws(FormatError) {
        let start = try reader.time()
        span = WindowPlan.Span(start: start, end: try Self.end(start, &reader))
        count = try reader.readings()
        countBad = try reader.readings()
        guard count + countBad > 0 else { throw .malformed("a window without a reading") }
        quality = try reader.quality()
        firstTime = try reader.time()
        lastTime = try Self.end(firstTime, &reader)
        if count > 0 {
            sum = try ExactSum(from: &reader)
            minimum = try reader.measured()
            maximum = try reader.measured()
            first = try reader.measured()
            last = try reader.measured()
            firstKnownTime = try reader.time()
            lastKnownTime = try reader.time()
        }
        let parts = try reader.byte()
        if parts & 1 != 0 { details = OutOfLine(try PaneDetails(from: &reader, plan.needs)) }
        if parts & 2 != 0 { signal = OutOfLine(try PaneSignal(from: &reader, plan.signal)) }
    }

    private static func end(
        _ start: Timestamp, _ reader: inout ByteReader
    ) throws(FormatError) -> Timestamp {
        let length = try reader.signed()
        guard (0...(.latest - start)).contains(length) else {
            throw .malformed("a span of \(length) us")
        }
        return start + length
    }
}
