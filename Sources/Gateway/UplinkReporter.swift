internal import Console
internal import Core
internal import Logging
internal import Uplink

/// Says what happens on the link: to the board always, to the log what is news.
struct UplinkReporter: Sendable {
    let board: StatusBoard
    let logger: Logger

    func report(_ event: UplinkEvent) {
        switch event {
        case .state(let state): board.update { $0.uplink.state = state.rawValue }
        case .sending(let batch, let isAgain):
            board.update { status in
                if isAgain { status.uplink.resent += 1 }
                status.uplink.bytesSent += UInt64(batch.bytes.count)
            }
        case .accepted(let batch, let duplicate, let through): accepted(batch, duplicate, through)
        case .setAside(let batch, let reason):
            board.update { $0.uplink.setAside += 1 }
            logger.error(
                "the receiver refuses a batch for good; look at it by: store export --set-aside",
                metadata: ["sequence": "\(batch.sequence)", "reason": "\(reason)"])
        case .failed(let reason, let wait, let failures): failed(reason, wait, failures)
        case .storeFailed(let reason):
            logger.error("the outbox can't be read or written", metadata: ["reason": "\(reason)"])
        }
    }

    private func accepted(_ batch: OutgoingBatch, _ duplicate: Bool, _ through: UInt64) {
        if board.current.uplink.trouble != nil {
            logger.notice("the receiver takes batches again")
        }
        board.update { status in
            status.uplink.trouble = nil
            status.uplink.accepted += 1
            if duplicate { status.uplink.duplicates += 1 }
            status.uplink.completeThrough = through
            status.uplink.nextSequence = batch.sequence + 1
        }
        logger.debug("batch accepted", metadata: ["sequence": "\(batch.sequence)"])
    }

    private func failed(_ reason: String, _ wait: Microseconds, _ failures: Int) {
        board.update { status in
            status.uplink.trouble = reason
            status.uplink.failures += 1
        }
        // The first, the second, the fourth: a week without a link is not a week of lines.
        guard failures & (failures - 1) == 0 else { return }
        logger.warning(
            "a batch did not get through; it is sent again",
            metadata: [
                "reason": "\(reason)", "failures": "\(failures)", "next_try_ms": "\(wait / 1_000)",
            ])
    }
}
