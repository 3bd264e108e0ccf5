#if canImport(Glibc)
    internal import Glibc
#endif

/// Wakes a thread that waits in `poll`: a pipe that never blocks either end.
final class WakeUp: Sendable {
    /// Readable from `give` to `clear`.
    let descriptor: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let made = pipe(&ends)
        precondition(made == 0, "no pipe to be had: \(String(cString: strerror(errno)))")
        (descriptor, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    /// A full pipe wakes as well.
    func give() { _ = write(writeEnd, [1], 1) }

    func clear() {
        var eight: UInt64 = 0
        while read(descriptor, &eight, 8) == 8 {}
    }

    var isGiven: Bool { wait(0) }

    /// Waits at most so many microseconds. Whether it was given.
    func wait(_ span: Int64) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, Int32(clamping: span / 1_000)) > 0
    }
}
