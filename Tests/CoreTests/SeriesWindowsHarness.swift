@testable import Core

/// The windows of one series, and what they have shipped.
struct SeriesWindowsHarness {
    struct Record: Equatable {
        var start: Timestamp
        var end: Timestamp
        var revision: UInt32
        var flags: WindowRecord.Flags
        var values: [Number?]
    }

    let plan: WindowPlan
    private var windows = SeriesWindows()
    private(set) var drafts: [Record] = []

    init(_ plan: WindowPlan) { self.plan = plan }

    /// - Parameter arrival: by default the reading's own time.
    mutating func take(_ reading: Reading, arrival: Timestamp? = nil, source: TopicID = 0) {
        var drafts: [SeriesWindows.Draft] = []
        _ = windows.take(
            reading, arrival: arrival ?? reading.time, source: source, waitingSince: .epoch,
            plan: plan
        ) { drafts.append($0) }
        note(drafts)
    }

    /// - Parameters: seconds.
    mutating func take(_ second: Double, _ value: Int = 1, arrival: Double? = nil) {
        take(
            Reading(time: Self.time(second), number: Number(value)),
            arrival: Self.time(arrival ?? second))
    }

    mutating func tick(_ second: Double) {
        var drafts: [SeriesWindows.Draft] = []
        windows.tick(now: Self.time(second), waitingSince: .epoch, plan: plan) {
            drafts.append($0)
        }
        note(drafts)
    }

    mutating func closeEarly() {
        var drafts: [SeriesWindows.Draft] = []
        windows.closeEarly(plan: plan) { drafts.append($0) }
        note(drafts)
    }

    func due(_ now: Double) -> Timestamp? {
        windows.due(now: Self.time(now), waitingSince: .epoch, plan: plan)
    }

    private mutating func note(_ new: [SeriesWindows.Draft]) {
        drafts += new.map {
            Record(
                start: $0.span.start, end: $0.span.end, revision: $0.revision, flags: $0.flags,
                values: $0.values)
        }
    }

    /// Start, end and values of each, in seconds, with revision and flags where there are any.
    var texts: [String] {
        drafts.map { draft in
            let span = [draft.start, draft.end].map {
                "\(Number.decimal(mantissa: $0.microseconds, scale: 6))"
            }.joined(separator: "-")
            let values = draft.values.map { $0?.description ?? "nil" }.joined(separator: " ")
            return span + ": " + values + (draft.revision > 0 ? " r\(draft.revision)" : "")
                + (draft.flags.isEmpty ? "" : " f\(draft.flags.rawValue)")
        }
    }

    static func time(_ second: Double) -> Timestamp {
        Timestamp(microseconds: Int64(second * 1_000_000))
    }
}
