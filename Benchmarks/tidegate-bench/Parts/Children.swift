internal import Foundation
internal import Synchronization

/// What was started, so that an interrupted benchmark leaves nothing running.
final class Children: Sendable {
    static let all = Children()
    private let processIDs = Mutex<[Int32]>([])

    func add(_ processID: Int32) { processIDs.withLock { $0.append(processID) } }

    /// On SIGINT and SIGTERM: ends them all, then us.
    func endWithUs() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                processIDs.withLock { for processID in $0 { kill(processID, SIGTERM) } }
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
