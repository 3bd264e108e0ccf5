internal import Foundation
internal import Glibc
internal import Synchronization

/// A program that runs beside us, with its output in files; the kernel kills it when we end.
package final class ChildProcess: Sendable {
    package let name: String
    /// Standard error, and standard output unless it goes elsewhere.
    package let log: String
    package let id: Int32
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - log: appended to.
    ///   - output: gets standard output, from its beginning; nil: the log.
    package init(
        _ program: String, _ arguments: [String], log: String, output: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        name = URL(filePath: program).lastPathComponent
        self.log = log
        let command =
            ["/usr/bin/setpriv", "--pdeathsig", "SIGKILL", "--", program] + arguments
        let variables = ProcessInfo.processInfo.environment
            .merging(environment) { $1 }.map { "\($0)=\($1)" }
        let spawned = Spawned()
        Nursery.shared.run {
            spawned.result.withLock { result in
                result = spawn(command, variables, log: log, output: output)
            }
        }
        let result = spawned.result.withLock { $0 }
        id = result.id
        guard result.code == 0 else {
            throw RigError("can't start \(program): \(String(cString: strerror(result.code)))")
        }
    }

    /// Whether it is still running.
    package var isRunning: Bool { poll() == nil }

    /// The exit code, or 128 and the signal that ended it; nil while it runs.
    package func poll() -> Int32? {
        status.withLock { status in
            if let status { return status }
            var code: Int32 = 0
            guard waitpid(id, &code, WNOHANG) == id else { return nil }
            status = code & 0x7f == 0 ? (code >> 8) & 0xff : 128 + (code & 0x7f)
            return status
        }
    }

    /// - Throws: `RigError` when it still runs after so many seconds.
    @discardableResult
    package func wait(seconds: Double) throws -> Int32 {
        try Wait.answer("\(name) to end", seconds: seconds) { poll() }
    }

    package func kill() { send(SIGKILL) }
    package func terminate() { send(SIGTERM) }

    /// SIGKILL, and gone when this returns.
    package func killAndWait() {
        kill()
        while poll() == nil { usleep(1_000) }
    }

    private func send(_ number: Int32) {
        // Not reaped yet, so the id is still this process's.
        if poll() == nil { Glibc.kill(id, number) }
    }

    /// The last lines of the log.
    package func tail(_ lines: Int = 15) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? "(no log)"
        return text.split(separator: "\n").suffix(lines).map { "    \($0)" }
            .joined(separator: "\n")
    }
}

private final class Spawned: Sendable {
    let result = Mutex<(code: Int32, id: Int32)>((0, 0))
}

private func spawn(
    _ command: [String], _ variables: [String], log: String, output: String?
) -> (code: Int32, id: Int32) {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    let appended = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&files, 2, log, appended, 0o644)
    if let output {
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    } else {
        posix_spawn_file_actions_adddup2(&files, 2, 1)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: Ctrl-C at our terminal is for us to pass on.
    posix_spawnattr_setpgroup(&attributes, 0)
    // The thread that spawns may have signals blocked, which a child would inherit.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    let arguments = command.map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, command[0], &files, &attributes, arguments, environment)
    return (code, id)
}
