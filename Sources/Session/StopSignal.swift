#if canImport(Glibc)
    internal import Glibc
#endif

/// Tells a thread that waits in `poll` to end.
package final class StopSignal: Sendable {
    /// Readable once the signal is given.
    let descriptor: Int32
    private let writeEnd: Int32

    package init() {
        var ends: [Int32] = [-1, -1]
        let made = pipe(&ends)
        precondition(made == 0, "no pipe to be had: \(String(cString: strerror(errno)))")
        (descriptor, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    package func give() { _ = write(writeEnd, [1], 1) }

    var isGiven: Bool { wait(0) }

    /// Waits at most so long. Whether the signal was given.
    func wait(_ span: Int64) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, Int32(clamping: span / 1_000)) > 0
    }
}
