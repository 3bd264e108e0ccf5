/// What goes wrong of itself.
enum Fault: CaseIterable {
    /// The gateway's process dies between two steps of its work.
    case kill
    /// The gateway's machine loses power, at a write or a sync.
    case powerCut
    /// The connection to the broker breaks.
    case disconnect
    /// The broker is away for a while, and keeps all.
    case brokerPause
    /// The broker dies and knows nothing any more.
    case brokerAmnesia
    /// The broker dies and comes back with what it last wrote down.
    case brokerRelapse
    /// More messages at once than its queue takes, perhaps.
    case burst
    case receiverPause
    /// The receiver dies between a batch's file and its row in the ledger.
    case receiverCrash
    /// The receiver refuses the next batch for good.
    case poison
    case scheduleClosed
    /// Somebody sets the gateway's clock.
    case clockJump
    /// The gateway's process is stopped for a while.
    case stall
    case fullDisk
    /// EIO on a write.
    case writeError
    /// EIO on a sync.
    case syncError
    /// A restart with another configuration.
    case reconfigure

    /// Whether a reading may come late because of it.
    var disturbsTime: Bool {
        switch self {
        case .clockJump, .reconfigure: true
        default: false
        }
    }
}
