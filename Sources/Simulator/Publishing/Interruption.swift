internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// Whether someone asked the process to end: the simulator then stops publishing, waits for
/// the broker's acknowledgements and ends as usual, so that the truth file stays true.
enum Interruption {
    private static let flag = Atomic(false)

    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// SIGINT and SIGTERM ask once; asked again, the process ends as the system's default says.
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interruption.flag.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }
}
