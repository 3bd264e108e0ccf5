internal import Foundation

/// A gap record as the receiver exports it.
struct GapLine {
    let cause: String
    let subject: String
    /// Milliseconds since 1970.
    private let to: Int64
    let count: Int
    let detail: String

    init(parsing line: some Collection<UInt8>) throws {
        let json = try JSONText(parsing: line)
        guard let cause = json["cause"]?.text, let subject = json["subject"]?.text,
            let to = json["to"]?.text.flatMap(Date.init(exported:)),
            let count = json["count"]?.decimal, let detail = json["detail"]?.text
        else { throw RigError("an exported gap lacks a member") }
        self.cause = cause
        self.subject = subject
        self.to = to.milliseconds
        self.count = NSDecimalNumber(decimal: count).intValue
        self.detail = detail
    }

    /// - Parameter store: the one that was damaged, if any was.
    func covers(of store: LostStore?) -> [GapCover] {
        let end = min(to, store?.end ?? to)
        let before = Int64.min..<end
        let open = (store.map { end - $0.open } ?? .min)..<end
        switch cause {
        // It may be of the gateway that came after, on a store that had lost its last commits.
        case "batch_refused":
            return [GapCover(unit: .windows, count: count, starts: .min..<to)]
        case "unreadable":
            return [
                GapCover(unit: .windows, count: counted("nobody knows how many"), starts: before)
            ]
        case "store_set_aside":
            let isLogLost = counted("how many the last commits held") == nil
            let records = isLogLost ? nil : counted("nobody knows how many records it holds")
            let isOpenLost = isLogLost || counted("messages its open windows held") == nil
            return [GapCover(unit: .windows, count: records, starts: before)]
                + (isOpenLost ? [GapCover(unit: .readings, count: nil, starts: open)] : [])
        case "state_lost":
            return [
                GapCover(unit: .readings, count: counted("nobody knows how many"), starts: open)
            ]
        // Its count is of sessions. Who damages a store leaves the broker alone; but a store that
        // lost its last commits unseen meets a session that it does not know.
        case "session_lost":
            let isMeant = store == nil || detail.contains("or the store lost its own")
            return isMeant ? [GapCover(unit: .readings, count: nil, starts: before)] : []
        case "late", "undecodable", "series_limit", "topic_limit", "too_large", "broker_dropped":
            return [GapCover(unit: .readings, count: count, starts: before)]
        // Of no reading that came from a sensor.
        default: return []
        }
    }

    /// The count, unless the detail says this.
    private func counted(_ unknown: String) -> Int? { detail.contains(unknown) ? nil : count }
}
