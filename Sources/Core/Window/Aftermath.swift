/// What goes on with windows besides their end: early results, revisions, late readings.
struct Aftermath: Hashable, Sendable {
    struct Emission: Hashable, Sendable {
        var span: WindowPlan.Span
        /// The highest that was shipped.
        var revision: UInt32
    }

    /// How long late readings are gathered into one record, by arrival.
    static let gathering: Microseconds = 10_000_000
    /// Late windows beyond this many are not gathered any longer.
    static let longestGathering = 64

    /// Windows that were shipped more than once, or before their end.
    var emissions: [Emission] = []
    /// Windows with a reading that came after they had been shipped.
    var toRevise: [WindowPlan.Span] = []
    /// Readings that came too late for a revision, by the window that they belong to.
    var late: [Pane] = []
    /// Since when, by arrival, late readings wait to be shipped.
    var lateSince: Timestamp?
    /// When the next early results are due, by arrival.
    var nextEarly: Timestamp?
    var clocks = SourceClocks()

    mutating func nextRevision(of span: WindowPlan.Span) -> UInt32 {
        if let index = emissions.firstIndex(where: { $0.span.start == span.start }) {
            emissions[index].revision &+= 1
            emissions[index].span = span
            return emissions[index].revision
        }
        emissions.append(Emission(span: span, revision: 1))
        return 1
    }

    /// The first record of a window is revision 0.
    mutating func earlyRevision(of span: WindowPlan.Span) -> UInt32 {
        if emissions.contains(where: { $0.span.start == span.start }) {
            return nextRevision(of: span)
        }
        emissions.append(Emission(span: span, revision: 0))
        return 0
    }

    /// The number of a window's first record that is final.
    func finalRevision(of span: WindowPlan.Span) -> UInt32 {
        emissions.first { $0.span.start == span.start }.map { $0.revision &+ 1 } ?? 0
    }

    mutating func revise(_ span: WindowPlan.Span, arrival: Timestamp) {
        if !toRevise.contains(span) { toRevise.append(span) }
        lateSince = lateSince ?? arrival
    }

    mutating func amend(
        _ span: WindowPlan.Span, with reading: Reading, arrival: Timestamp, _ plan: WindowPlan
    ) {
        lateSince = lateSince ?? arrival
        var place = late.firstIndex { $0.span == span }
        if place == nil {
            late.append(Pane(span))
            place = late.count - 1
        }
        guard let place else { return }
        late[place].add(reading, plan)
        late[place].markLate()
    }

    var isFull: Bool { late.count + toRevise.count >= Self.longestGathering }
}

extension Aftermath {
    func encode(into writer: inout ByteWriter, _ plan: WindowPlan) {
        writer.count(emissions.count)
        for emission in emissions {
            writer.span(emission.span)
            writer.varint(UInt64(emission.revision))
        }
        writer.count(toRevise.count)
        for span in toRevise { writer.span(span) }
        writer.count(late.count)
        for pane in late { pane.encode(into: &writer, plan) }
        for time in [lateSince, nextEarly] { writer.optionalTime(time) }
        clocks.encode(into: &writer)
    }

    init(from reader: inout ByteReader, _ plan: WindowPlan) throws(FormatError) {
        for _ in 0..<(try reader.count(ofAtLeast: 3)) {
            let span = try reader.span()
            guard let revision = UInt32(exactly: try reader.varint()) else {
                throw .malformed("a revision beyond 32 bits")
            }
            emissions.append(Emission(span: span, revision: revision))
        }
        for _ in 0..<(try reader.count(ofAtLeast: 2)) { toRevise.append(try reader.span()) }
        for _ in 0..<(try reader.count(ofAtLeast: 8)) {
            late.append(try Pane(from: &reader, plan))
        }
        lateSince = try reader.optionalTime()
        nextEarly = try reader.optionalTime()
        clocks = try SourceClocks(from: &reader)
    }
}

extension ByteWriter {
    mutating func span(_ span: WindowPlan.Span) {
        time(span.start)
        signed(span.end - span.start)
    }

    mutating func optionalTime(_ time: Timestamp?) {
        byte(time == nil ? 0 : 1)
        if let time { self.time(time) }
    }
}

extension ByteReader {
    mutating func span() throws(FormatError) -> WindowPlan.Span {
        let start = try time()
        let length = try signed()
        guard (0...(.latest - start)).contains(length) else {
            throw .malformed("a span of \(length) us")
        }
        return WindowPlan.Span(start: start, end: start + length)
    }

    mutating func optionalTime() throws(FormatError) -> Timestamp? {
        try byte() == 1 ? try time() : nil
    }
}
