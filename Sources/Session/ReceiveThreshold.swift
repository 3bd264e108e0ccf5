#if canImport(Glibc)
    internal import Glibc
#endif

/// How many bytes wake us up. While messages stream in, one wake-up for 16 KiB costs half
/// of the CPU of one a message; a wait of 5 ms bounds what that delays.
struct ReceiveThreshold {
    private static let streaming: Int32 = 16_384
    static let streamingWait: Int64 = 5_000
    private var current: Int32 = 1

    var isStreaming: Bool { current > 1 }

    mutating func turnEnded(delivered: Bool, socket: Int32) {
        let wanted = delivered ? Self.streaming : 1
        guard wanted != current else { return }
        var value = wanted
        let done = setsockopt(
            socket, SOL_SOCKET, SO_RCVLOWAT, &value, socklen_t(MemoryLayout<Int32>.size))
        if done == 0 { current = wanted }
    }
}
