/// The funnel of lines that begin at the last sample and pass each reading since then within
/// the deviation.
///
/// Bristol's door stays open while a corridor of twice the deviation holds all readings. The
/// line to the last of them can then miss others by twice the deviation; to miss none by more
/// than one, it would have to end at a value that nobody measured. Here a reading can end the
/// line only if the line from the last sample to it lies in the funnel. It costs a few samples
/// more.
///
/// Decimals are compared as integers, in 128 bits: exactly. Where a door has a double, or
/// decimals that have no common scale, it goes by doubles and by bounds a little narrower than
/// they are.
struct SwingingDoor: Hashable, Sendable {
    /// The last sample.
    let anchor: TracePoint
    /// The latest reading, the anchor in the beginning. The line may end here.
    private(set) var held: TracePoint
    /// The readings that the line may pass least far above, and below.
    private var upper: TracePoint
    private var lower: TracePoint
    private var basis = Basis.doubles

    /// What the door's numbers are compared as.
    private enum Basis: Hashable, Sendable {
        /// All are integers at this scale.
        case integers(scale: UInt8)
        case doubles
    }

    init(at point: TracePoint) {
        (anchor, held, upper, lower) = (point, point, point, point)
    }

    /// Whether a reading waits to be reported or left out.
    var isHolding: Bool { held.time > anchor.time }

    /// Lets the line end at a later reading.
    ///
    /// - Returns: false, and nothing changed, where a line to it would miss another reading.
    mutating func extend(to point: TracePoint, _ deviation: Number) -> Bool {
        guard isHolding else {
            move(to: point)
            let common = max(anchor.number.scale, point.number.scale, deviation.scale)
            basis = isExact(at: common, point, deviation) ? .integers(scale: common) : .doubles
            return true
        }
        guard let basis = basis(with: point, deviation),
            isAbove(upper, point, basis, by: (1, 0), deviation),
            isAbove(point, lower, basis, by: (0, -1), deviation)
        else { return false }
        held = point
        narrow(by: point, basis, deviation)
        return true
    }

    /// Lets the reading be the latest, whatever line leads to it.
    mutating func move(to point: TracePoint) {
        (held, upper, lower) = (point, point, point)
    }

    /// Takes a reading that lies between the anchor and the held one.
    ///
    /// - Returns: false, and nothing changed, where the line to the held one misses it.
    mutating func cover(_ point: TracePoint, _ deviation: Number) -> Bool {
        guard let basis = basis(with: point, deviation),
            isAbove(point, held, basis, by: (1, 0), deviation),
            isAbove(held, point, basis, by: (0, -1), deviation)
        else { return false }
        narrow(by: point, basis, deviation)
        return true
    }

    private mutating func narrow(by point: TracePoint, _ basis: Basis, _ deviation: Number) {
        self.basis = basis
        if isAbove(upper, point, basis, by: (1, 1), deviation) { upper = point }
        if isAbove(point, lower, basis, by: (-1, -1), deviation) { lower = point }
    }

    /// What the door can be compared as once the point is in it; `nil` where a door of integers
    /// has to end.
    private func basis(with point: TracePoint, _ deviation: Number) -> Basis? {
        guard case .integers(let scale) = basis else { return .doubles }
        let common = max(scale, point.number.scale)
        return isExact(at: common, point, deviation) ? .integers(scale: common) : nil
    }

    private func isExact(at common: UInt8, _ point: TracePoint, _ deviation: Number) -> Bool {
        anchor.number.mantissa(at: common) != nil && held.number.mantissa(at: common) != nil
            && upper.number.mantissa(at: common) != nil
            && lower.number.mantissa(at: common) != nil
            && point.number.mantissa(at: common) != nil && deviation.mantissa(at: common) != nil
    }
}

extension SwingingDoor {
    /// Whether the line from the anchor to `left` is as steep as that to `right`, or steeper,
    /// after they were raised by so many deviations.
    private func isAbove(
        _ left: TracePoint, _ right: TracePoint, _ basis: Basis, by raised: (Int8, Int8),
        _ deviation: Number
    ) -> Bool {
        guard case .integers(let scale) = basis else {
            return steepness(left, raised.0, deviation) >= steepness(right, raised.1, deviation)
        }
        guard let base = anchor.number.mantissa(at: scale),
            let bound = deviation.mantissa(at: scale),
            let first = left.number.mantissa(at: scale),
            let second = right.number.mantissa(at: scale)
        else { return false }
        // Below 2^66 times below 2^58.
        let rise = Int128(first) + Int128(raised.0) * Int128(bound) - Int128(base)
        let other = Int128(second) + Int128(raised.1) * Int128(bound) - Int128(base)
        return rise * Int128(right.time - anchor.time) >= other * Int128(left.time - anchor.time)
    }

    private func steepness(_ point: TracePoint, _ raised: Int8, _ deviation: Number) -> Double {
        let (value, base, bound) = (point.number.double, anchor.number.double, deviation.double)
        let slack = (value.magnitude + base.magnitude + bound) * TracePoint.slack
        let rise = value - base + Double(raised) * (bound - slack)
        return rise / Double(point.time - anchor.time)
    }
}

extension SwingingDoor {
    func encode(into writer: inout ByteWriter) {
        anchor.encode(into: &writer)
        writer.byte(isHolding ? 1 : 0)
        guard isHolding else { return }
        for point in [held, upper, lower] { point.encode(into: &writer) }
        switch basis {
        case .integers(let scale): writer.byte(scale)
        case .doubles: writer.byte(.max)
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        self.init(at: try TracePoint(from: &reader))
        guard try reader.byte() == 1 else { return }
        held = try TracePoint(from: &reader)
        upper = try TracePoint(from: &reader)
        lower = try TracePoint(from: &reader)
        guard upper.time > anchor.time, lower.time > anchor.time,
            max(upper.time, lower.time) <= held.time
        else { throw .malformed("a swinging door whose times are not in order") }
        let scale = try reader.byte()
        if scale == .max { return }
        guard scale <= Number.maximumScale, isExact(at: scale, held, .zero) else {
            throw .malformed("a swinging door whose numbers do not fit a scale of \(scale)")
        }
        basis = .integers(scale: scale)
    }
}
