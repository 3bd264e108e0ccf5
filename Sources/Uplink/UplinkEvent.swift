package import Core

/// What happens on the link, for the log and the status page.
package enum UplinkEvent: Sendable {
    case state(UplinkMachine.State)
    case sending(OutgoingBatch, isAgain: Bool)
    case accepted(OutgoingBatch, duplicate: Bool, completeThrough: UInt64)
    case setAside(OutgoingBatch, reason: String)
    case failed(reason: String, wait: Microseconds, failures: Int)
    case storeFailed(String)
}
