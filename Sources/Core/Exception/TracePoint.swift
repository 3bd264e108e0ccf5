/// A reading as a point of what is drawn.
struct TracePoint: Hashable, Sendable {
    var time: Timestamp
    var number: Number

    /// Of what goes into a comparison of doubles: 64 times what one operation rounds off.
    static let slack = 0x1p-47

    init(_ reading: Reading) {
        time = reading.time
        number = reading.number
    }

    /// Whether the numbers differ by no more than the deviation: exactly, where they are
    /// decimals. Of doubles the bound is taken a little narrower than it is, so that no
    /// rounding can break it.
    func isNear(_ other: TracePoint, _ deviation: Number) -> Bool {
        let scale = max(number.scale, other.number.scale, deviation.scale)
        if let mine = number.mantissa(at: scale), let theirs = other.number.mantissa(at: scale),
            let bound = deviation.mantissa(at: scale)
        {
            return (Int128(mine) - Int128(theirs)).magnitude <= Int128(bound).magnitude
        }
        let (mine, theirs) = (number.double, other.number.double)
        // Equal whatever the rounding.
        if number == other.number { return true }
        let slack = (mine.magnitude + theirs.magnitude + deviation.double) * Self.slack
        return (mine - theirs).magnitude <= deviation.double - slack
    }
}

extension TracePoint {
    func encode(into writer: inout ByteWriter) {
        writer.time(time)
        writer.number(number)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        time = try reader.time()
        number = try reader.measured()
    }
}
