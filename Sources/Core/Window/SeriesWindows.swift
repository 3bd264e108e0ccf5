/// The open windows of one series and its watermark: the time before which no reading is
/// waited for any more (Akidau et al., "The Dataflow Model", 2015).
struct SeriesWindows: Hashable, Sendable {
    /// In order of start; seldom more than two.
    private var open: [WindowAccumulator] = []
    private var watermark = Timestamp(microseconds: .min)
    /// When the latest reading came.
    private(set) var lastArrival = Timestamp.epoch

    /// Whether some window waits for its end.
    var isOpen: Bool { !open.isEmpty }

    /// Takes a reading and closes what its time completes.
    ///
    /// - Returns: false when the reading's window has closed already; it is not counted.
    mutating func add(
        _ number: Number, at time: Timestamp, arrival: Timestamp, flags: WindowRecord.Flags,
        plan: WindowPlan, close: (WindowAccumulator) -> Void
    ) -> Bool {
        lastArrival = arrival
        let start = plan.start(of: time)
        guard start + plan.size > watermark else { return false }
        let place = place(of: start)
        open[place].add(number, at: time, plan.needs)
        open[place].flags.formUnion(flags)
        let completed = time + -plan.lateness
        if completed > watermark {
            watermark = completed
            closeAll(endingBy: watermark, plan: plan, close: close)
        }
        return true
    }

    /// Whether something is open although the series has been silent for long enough. A
    /// silence that began after `now` is that of a clock set back: it begins anew.
    func isDue(now: Timestamp, waitingSince: Timestamp, plan: WindowPlan) -> Bool {
        let silentSince = lastArrival > now ? waitingSince : max(lastArrival, waitingSince)
        return isOpen && now - silentSince >= plan.idle
    }

    /// Closes what is open once the series has been silent for long enough.
    mutating func tick(
        now: Timestamp, waitingSince: Timestamp, plan: WindowPlan,
        close: (WindowAccumulator) -> Void
    ) {
        guard let last = open.last, isDue(now: now, waitingSince: waitingSince, plan: plan) else {
            return
        }
        watermark = max(watermark, last.start + plan.size)
        closeAll(endingBy: watermark, plan: plan, close: close)
    }

    /// Closes all, finished or not.
    mutating func closeEarly(close: (WindowAccumulator) -> Void) {
        for var window in open {
            window.flags.insert(.partial)
            close(window)
        }
        open.removeAll()
    }

    private mutating func place(of start: Timestamp) -> Int {
        var index = open.count
        while index > 0, open[index - 1].start >= start { index -= 1 }
        if index == open.count || open[index].start != start {
            open.insert(WindowAccumulator(start: start), at: index)
        }
        return index
    }

    private mutating func closeAll(
        endingBy time: Timestamp, plan: WindowPlan, close: (WindowAccumulator) -> Void
    ) {
        while let window = open.first, window.start + plan.size <= time {
            close(window)
            open.removeFirst()
        }
    }
}

extension SeriesWindows {
    func encode(into writer: inout ByteWriter) {
        writer.time(watermark)
        writer.time(lastArrival)
        writer.count(open.count)
        for window in open { window.encode(into: &writer) }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        // Compared only, and before all time in the beginning.
        watermark = Timestamp(microseconds: try reader.signed())
        lastArrival = try reader.time()
        for _ in 0..<(try reader.count()) {
            let window = try WindowAccumulator(from: &reader)
            guard open.last.map({ $0.start < window.start }) ?? true else {
                throw .malformed("windows that are not in order")
            }
            open.append(window)
        }
    }
}
