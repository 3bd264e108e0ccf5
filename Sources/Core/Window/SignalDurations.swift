/// A signal's integrals, and how long it was what.
struct SignalDurations: Hashable, Sendable {
    /// Unit times seconds: of the line, and of the steps.
    private(set) var line = 0.0
    private(set) var stepped = 0.0
    /// For how long it was known.
    private(set) var known: Microseconds = 0
    private(set) var bad: Microseconds = 0
    /// By the plan's states.
    var states: [Microseconds] = []

    /// A piece from one reading towards the next.
    ///
    /// - Parameter next: `nil` where there is none yet: the signal stays as it is.
    mutating func add(
        from point: SignalPoint, to next: SignalPoint?, until end: Timestamp, _ plan: SignalPlan
    ) {
        let value = point.value(at: end, towards: next, plan)
        add(stepped: point, line: (point.value, value), span: end - point.time, plan)
    }

    /// The piece from a window's start to its first reading.
    ///
    /// - Parameters:
    ///   - stepped: the reading ahead of the window.
    ///   - line: the same, with the value that the line has come to at the start.
    mutating func addLead(
        stepped point: SignalPoint, line lead: SignalPoint, to first: SignalPoint,
        from start: Timestamp, _ plan: SignalPlan
    ) {
        let end = plan.isKnown(first) ? first.value : lead.value
        add(stepped: point, line: (lead.value, end), span: first.time - start, plan)
    }

    private mutating func add(
        stepped point: SignalPoint, line ends: (Double, Double), span: Microseconds,
        _ plan: SignalPlan
    ) {
        guard span > 0 else { return }
        guard plan.isKnown(point) else {
            bad += span
            return
        }
        let seconds = Double(span) / 1_000_000
        known += span
        stepped += point.value * seconds
        line += (ends.0 + ends.1) / 2 * seconds
        for (index, state) in plan.states.enumerated() where point.value == Double(state) {
            states[index] += span
        }
    }

    mutating func add(_ other: SignalDurations) {
        line += other.line
        stepped += other.stepped
        known += other.known
        bad += other.bad
        for index in states.indices { states[index] += other.states[index] }
    }

    func encode(into writer: inout ByteWriter) {
        writer.double(line)
        writer.double(stepped)
        for span in [known, bad] + states { writer.signed(span) }
    }

    init() {}

    init(from reader: inout ByteReader, states count: Int) throws(FormatError) {
        line = try reader.double()
        stepped = try reader.double()
        known = try Self.span(&reader)
        bad = try Self.span(&reader)
        for _ in 0..<count { states.append(try Self.span(&reader)) }
        guard line.magnitude <= 1e90, stepped.magnitude <= 1e90 else {
            throw .malformed("an integral of \(line)")
        }
    }

    private static func span(_ reader: inout ByteReader) throws(FormatError) -> Microseconds {
        let span = try reader.signed()
        guard (0...Timestamp.latest.microseconds).contains(span) else {
            throw .malformed("a duration of \(span) us")
        }
        return span
    }
}
