internal import Store

#if canImport(Glibc)
    internal import Glibc
#endif

/// Begins this process anew, with the same arguments and process id: no part of it that
/// held the store lives on.
enum Restart {
    private static let interval = Duration.seconds(60)

    /// A disk that damages each new store is not to be filled with damaged ones, nor the log with
    /// starts: the first time at once, then once a minute.
    ///
    /// - Parameters:
    ///   - start: of this process, or of its work.
    ///   - isAgain: whether it was begun anew itself, or has rescued a store.
    static func earliest(
        for start: ContinuousClock.Instant, isAgain: Bool
    ) -> ContinuousClock.Instant {
        isAgain ? start + interval : start
    }

    private static let variable = "TIDEGATE_STORE_DAMAGE"

    /// What the process was begun anew for; asked once.
    ///
    /// - Returns: `nil` where it was not begun anew.
    static func reason() -> DamageWatch.Found? {
        guard let value = getenv(variable) else { return nil }
        let text = String(cString: value)
        unsetenv(variable)
        return DamageWatch.Found(damage: text.isEmpty ? nil : .corrupt(text))
    }

    /// - Returns: only where it can't be done: `errno`.
    static func now(because found: DamageWatch.Found) -> Int32 {
        let text =
            switch found.damage {
            case nil: ""
            case .corrupt(let what)?: what
            case let damage?: "\(damage)"
            }
        setenv(variable, text, 1)
        // Sockets and files of libraries that would go on living.
        for file in 3..<min(getdtablesize(), 65_536) { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv("/proc/self/exe", arguments)
        return errno
    }
}
