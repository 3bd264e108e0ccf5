extension ByteWriter {
    package mutating func time(_ time: Timestamp) { signed(time.microseconds) }

    /// The scale, or 255 for a double; then the mantissa or the double.
    package mutating func number(_ number: Number) {
        switch number {
        case .decimal(let mantissa, let scale):
            byte(scale)
            signed(mantissa)
        case .binary(let value):
            byte(.max)
            double(value)
        }
    }

    package mutating func series(_ series: Series) {
        text(series.stream)
        text(series.field)
        text(series.unit)
        count(series.labels.count)
        for label in series.labels {
            text(label.name)
            text(label.value)
        }
    }

    package mutating func aggregate(_ aggregate: Aggregate) {
        switch aggregate {
        case .quantile(let hundredths):
            byte(.max)
            varint(UInt64(hundredths))
        case .durationInState(let state):
            byte(.max - 1)
            signed(Int64(state))
        default: byte(UInt8(Aggregate.simple.firstIndex(of: aggregate)!))
        }
    }

    package mutating func shape(_ shape: WindowShape) {
        switch shape {
        case .tumbling(let size):
            byte(0)
            signed(size)
        case .hopping(let size, let hop):
            byte(1)
            signed(size)
            signed(hop)
        case .sliding(let size, let pane):
            byte(2)
            signed(size)
            signed(pane)
        case .session(let gap):
            byte(3)
            signed(gap)
        case .count(let count):
            byte(4)
            varint(UInt64(count))
        case .calendar: byte(5)
        }
    }

    /// The level, then the reasons.
    package mutating func quality(_ quality: Quality) {
        byte(quality.level.rawValue)
        varint(UInt64(quality.reasons.rawValue))
    }

    package mutating func layout(_ layout: WindowLayout) {
        shape(layout.shape)
        count(layout.aggregates.count)
        for aggregate in layout.aggregates { self.aggregate(aggregate) }
    }

    package mutating func gap(_ gap: GapRecord) {
        byte(gap.cause.rawValue)
        text(gap.subject)
        time(gap.from)
        time(gap.to)
        varint(gap.count)
        text(gap.detail)
    }
}

extension ByteReader {
    package mutating func time() throws(FormatError) -> Timestamp {
        try Timestamp(decoded: try signed())
    }

    package mutating func number() throws(FormatError) -> Number {
        let scale = try byte()
        if scale == .max {
            let value = try double()
            guard value.isFinite else { throw .malformed("a number that is not finite") }
            return .binary(value)
        }
        guard scale <= Number.maximumScale else { throw .malformed("a scale of \(scale)") }
        return .decimal(mantissa: try signed(), scale: scale)
    }

    /// A number that was measured, or is made of few that were: a fusion's spread is up to
    /// twice as large as the largest.
    mutating func measured() throws(FormatError) -> Number {
        let number = try number()
        guard number.double.magnitude <= 10 * Number.largest else {
            throw .malformed("a reading of \(number)")
        }
        return number
    }

    /// Of readings: three hundred years of a million a second, which may still be added to.
    mutating func readings() throws(FormatError) -> UInt64 {
        let count = try varint()
        guard count <= 1 << 53 else { throw .malformed("\(count) readings in a window") }
        return count
    }

    package mutating func series() throws(FormatError) -> Series {
        var series = Series(
            stream: try text(), field: try text(), labels: [], unit: try text())
        for _ in 0..<(try count(ofAtLeast: 2)) {
            series.labels.append(.init(name: try text(), value: try text()))
        }
        return series
    }

    package mutating func aggregate() throws(FormatError) -> Aggregate {
        let code = try byte()
        if code == .max {
            let hundredths = try varint()
            guard (1..<10_000).contains(hundredths) else {
                throw .malformed("a quantile of \(hundredths) hundredths of a percent")
            }
            return .quantile(UInt16(hundredths))
        }
        if code == .max - 1 {
            guard let state = Int32(exactly: try signed()) else {
                throw .malformed("a duration in a state beyond 32 bits")
            }
            return .durationInState(state)
        }
        guard Int(code) < Aggregate.simple.count else {
            throw .malformed("an aggregate of code \(code)")
        }
        return Aggregate.simple[Int(code)]
    }

    package mutating func layout() throws(FormatError) -> WindowLayout {
        let shape = try shape()
        var aggregates: [Aggregate] = []
        var known: Set<Aggregate> = []
        for _ in 0..<(try count()) {
            let aggregate = try aggregate()
            guard known.insert(aggregate).inserted else {
                throw .malformed("\(aggregate.name) twice in a window")
            }
            aggregates.append(aggregate)
        }
        return WindowLayout(shape: shape, aggregates: aggregates)
    }

    package mutating func shape() throws(FormatError) -> WindowShape {
        switch try byte() {
        case 0: return .tumbling(size: try positiveSpan())
        case 1: return .hopping(size: try positiveSpan(), hop: try positiveSpan())
        case 2: return .sliding(size: try positiveSpan(), pane: try positiveSpan())
        case 3: return .session(gap: try positiveSpan())
        case 4:
            guard let count = UInt32(exactly: try varint()), count > 0 else {
                throw .malformed("a window of no readings, or of too many")
            }
            return .count(count)
        case 5: return .calendar
        case let code: throw .malformed("a window of shape \(code)")
        }
    }

    private mutating func positiveSpan() throws(FormatError) -> Microseconds {
        let span = try signed()
        guard span > 0 else { throw .malformed("a window of \(span) us") }
        return span
    }

    package mutating func quality() throws(FormatError) -> Quality {
        let code = try byte()
        guard let level = Quality.Level(rawValue: code),
            let reasons = UInt16(exactly: try varint())
        else { throw .malformed("a quality of level \(code)") }
        return Quality(level, .init(rawValue: reasons))
    }

    package mutating func gap() throws(FormatError) -> GapRecord {
        let code = try byte()
        guard let cause = GapRecord.Cause(rawValue: code) else {
            throw .malformed("a gap of cause \(code)")
        }
        return GapRecord(
            cause: cause, subject: try text(), from: try time(), to: try time(),
            count: try varint(), detail: try text())
    }
}

extension Timestamp {
    /// A time out of bytes that anyone may have written: what is computed with it stays far
    /// from the ends of 64 bits.
    ///
    /// - Throws: outside 1970 to 9999.
    package init(decoded microseconds: Int64) throws(FormatError) {
        guard (Self.epoch.microseconds...Self.latest.microseconds).contains(microseconds) else {
            throw .malformed("a time outside the years 1970 to 9999")
        }
        self.init(microseconds: microseconds)
    }
}
