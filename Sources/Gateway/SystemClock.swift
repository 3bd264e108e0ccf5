package import Core

#if canImport(Glibc)
    internal import Glibc
#endif

/// The one place that asks the system for the time.
package enum SystemClock {
    package static let now: @Sendable () -> Timestamp = {
        Timestamp(microseconds: microseconds(CLOCK_REALTIME))
    }

    /// Of a clock that nobody sets.
    package static let uptime: @Sendable () -> Microseconds = { microseconds(CLOCK_MONOTONIC) }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
