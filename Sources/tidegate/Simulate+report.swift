internal import ArgumentParser
internal import Simulator

#if canImport(Glibc)
    internal import Glibc
#endif

extension ParsableCommand {
    /// On stderr, so that stdout stays free.
    func report(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Says how it ended; exit code 1 when the broker did not take everything.
    func finish(_ summary: PublishingSummary) throws {
        report(summary.description)
        guard summary.isComplete else { throw ExitCode.failure }
    }
}
