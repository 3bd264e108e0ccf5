internal import Foundation
internal import Glibc

/// Polling with a deadline.
package enum Wait {
    /// Asks every few hundredths of a second until there is an answer.
    ///
    /// - Parameter what: completes "gave up waiting for".
    package static func answer<T>(
        _ what: String, seconds: Double, _ condition: () throws -> T?
    ) throws -> T {
        let deadline = Date().addingTimeInterval(seconds)
        while true {
            if let answer = try condition() { return answer }
            guard Date() < deadline else {
                throw RigError("gave up waiting for \(what) after \(Int(seconds)) s")
            }
            usleep(20_000)
        }
    }

    package static func until(
        _ what: String, seconds: Double, _ condition: () throws -> Bool
    ) throws {
        try answer(what, seconds: seconds) { try condition() ? () : nil }
    }
}
