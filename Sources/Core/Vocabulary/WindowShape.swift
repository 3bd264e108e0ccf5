/// How the windows of a layout lie in time.
package enum WindowShape: Hashable, Sendable {
    /// Side by side, all of one size.
    case tumbling(size: Microseconds)
    /// Of one size, a new one each `hop`; they overlap where the hop is smaller.
    case hopping(size: Microseconds, hop: Microseconds)
    /// One for each reading, which it ends at; made of panes of `pane`, so that it begins up to
    /// so much early.
    case sliding(size: Microseconds, pane: Microseconds)
    /// From a reading on until none has come for `gap`.
    case session(gap: Microseconds)
    /// So many readings.
    case count(UInt32)
    /// Shifts, days, weeks or months of a time zone; no two need be of one length.
    case calendar

    /// `nil` where each window has its own.
    package var size: Microseconds? {
        switch self {
        case .tumbling(let size), .hopping(let size, _), .sliding(let size, _): size
        case .session, .count, .calendar: nil
        }
    }
}
