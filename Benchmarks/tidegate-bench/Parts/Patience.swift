internal import Foundation

/// Asks again and again until it is so.
///
/// - Parameter timeout: seconds.
/// - Throws: where it takes too long, or the process has ended meanwhile.
func wait(
    for what: String, _ child: Child, within timeout: Double = 20, every pause: Double = 0.02,
    until isSo: () throws -> Bool
) throws {
    let deadline = Monotonic.now + timeout
    while try !isSo() {
        guard child.isRunning else { throw BenchError("\(child.name) ended; \(child.lastWords)") }
        guard Monotonic.now < deadline else {
            throw BenchError("waited \(Int(timeout)) s for \(what); \(child.lastWords)")
        }
        usleep(UInt32(pause * 1e6))
    }
}
