/// Panes are what windows are made of: each reading is in one pane, and each pane in one window
/// or several (Li et al., "No pane, no gain", 2005).
extension WindowPlan {
    /// The pane of a moment: of windows that lie in time by themselves, whatever comes.
    ///
    /// - Precondition: the shape is neither session nor count.
    func pane(of time: Timestamp) -> Span {
        if let calendar { return calendar.window(of: time) }
        let width = paneWidth
        let (quotient, _) = (time.microseconds - paneOffset).quotientAndFloorRemainder(width)
        let start = Timestamp(microseconds: quotient * width + paneOffset)
        return Span(start: start, end: start + width)
    }

    /// The windows that a pane is part of, the earliest first.
    func windows(of pane: Span) -> [Span] {
        guard case .hopping(let size, let hop) = layout.shape else { return [pane] }
        let (quotient, _) = (pane.start.microseconds - offset).quotientAndFloorRemainder(hop)
        var windows: [Span] = []
        var start = Timestamp(microseconds: quotient * hop + offset)
        // Those that would begin before 1970 are none.
        while start + size >= pane.end, start >= .epoch {
            windows.append(Span(start: start, end: start + size))
            start = start + -hop
        }
        return windows.reversed()
    }

    /// How long a pane is of use after its end, for windows that are still to come.
    var reach: Microseconds {
        switch layout.shape {
        case .hopping(let size, _): size - paneWidth
        case .sliding(let size, _): size
        default: 0
        }
    }

    /// Of time, from `start` to just before `end`.
    struct Span: Hashable, Sendable {
        var start: Timestamp
        var end: Timestamp

        func contains(_ time: Timestamp) -> Bool { start <= time && time < end }
    }

    private var paneWidth: Microseconds {
        switch layout.shape {
        case .tumbling(let size): size
        case .hopping(let size, let hop): Self.commonDivisor(size, hop)
        case .sliding(_, let pane): pane
        case .session, .count, .calendar: 1
        }
    }

    private var paneOffset: Microseconds { layout.shape.isSliding ? 0 : offset }

    private static func commonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        b == 0 ? a : commonDivisor(b, a % b)
    }
}

extension WindowShape {
    var isSliding: Bool { if case .sliding = self { true } else { false } }
}
