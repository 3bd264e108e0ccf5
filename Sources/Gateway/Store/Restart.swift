internal import Store

#if canImport(Glibc)
    internal import Glibc
#endif

/// Begins this process anew, with the same arguments and process id: no part of it that
/// held a damaged store lives on.
enum Restart {
    private static let variable = "TIDEGATE_STORE_DAMAGE"

    /// The damage that the process was begun anew for; asked once.
    static func damage() -> Damage? {
        guard let value = getenv(variable) else { return nil }
        let text = String(cString: value)
        unsetenv(variable)
        return .corrupt(text)
    }

    /// - Returns: only where it can't be done: `errno`.
    static func now(because damage: Damage) -> Int32 {
        let text = if case .corrupt(let what) = damage { what } else { "\(damage)" }
        setenv(variable, text, 1)
        // Sockets and files of libraries that would go on living.
        for file in 3..<min(getdtablesize(), 65_536) { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv("/proc/self/exe", arguments)
        return errno
    }
}
