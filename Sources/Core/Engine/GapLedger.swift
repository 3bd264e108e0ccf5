/// Gathers losses of one cause and subject into one record an interval.
struct GapLedger: Hashable, Sendable {
    private var open: [GapRecord] = []
    /// Beyond this many subjects at once, those of one cause are counted together.
    static let maximumOpen = 256

    mutating func note(
        _ cause: GapRecord.Cause, _ subject: String, at time: Timestamp, detail: String = "",
        count: UInt64 = 1
    ) {
        var subject = subject
        if open.count >= Self.maximumOpen,
            !open.contains(where: { $0.cause == cause && $0.subject == subject })
        {
            subject = "*"
        }
        if let index = open.firstIndex(where: { $0.cause == cause && $0.subject == subject }) {
            let (sum, overflow) = open[index].count.addingReportingOverflow(count)
            open[index].count = overflow ? .max : sum
            open[index].from = min(open[index].from, time)
            open[index].to = max(open[index].to, time)
        } else {
            open.append(
                GapRecord(
                    cause: cause, subject: subject, from: time, to: time, count: count,
                    detail: detail))
        }
    }

    var isEmpty: Bool { open.isEmpty }

    mutating func takeAll() -> [GapRecord] {
        defer { open.removeAll() }
        return open
    }

    func encode(into writer: inout ByteWriter) {
        writer.count(open.count)
        for gap in open { writer.gap(gap) }
    }

    init() {}

    init(from reader: inout ByteReader) throws(FormatError) {
        for _ in 0..<(try reader.count(ofAtLeast: 6)) { open.append(try reader.gap()) }
    }
}
