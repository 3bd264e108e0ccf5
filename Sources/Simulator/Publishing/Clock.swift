#if canImport(Glibc)
    internal import Glibc
#endif

/// The machine's clocks, and waiting.
enum Clock {
    /// Milliseconds since 1970.
    static var wall: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Seconds from an arbitrary beginning, never going back.
    static var steady: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Blocks the thread until `steady` is there, or an interruption is requested.
    static func wait(until moment: Double) {
        while !Interruption.isRequested {
            let left = moment - steady
            guard left > 0 else { return }
            // In slices: a signal may reach another thread.
            usleep(UInt32(min(left, 0.1) * 1e6))
        }
    }
}
