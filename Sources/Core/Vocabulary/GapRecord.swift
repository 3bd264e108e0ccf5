/// Something that was lost, refused or degraded: never in silence.
package struct GapRecord: Hashable, Sendable {
    package var cause: Cause
    /// What it is about: a series, a topic, a batch.
    package var subject: String
    package var from: Timestamp
    package var to: Timestamp
    package var count: UInt64
    /// For a person.
    package var detail: String

    package enum Cause: UInt8, CaseIterable, Sendable {
        /// Readings that came after their window had closed. Of gateways of the first format:
        /// today they are revisions and amendments.
        case late = 1
        /// Messages that no reading could be read from.
        case undecodable = 2
        /// Readings of series beyond the configured limit of series.
        case seriesLimit = 3
        /// Messages on topics beyond the configured limit of topics.
        case topicLimit = 4
        /// Messages larger than the configured limit.
        case tooLarge = 5
        /// The broker had no session of ours: what it queued before is gone.
        case sessionLost = 6
        /// Dead letters that gave way to newer ones.
        case deadLetterEvicted = 7
        /// Log records that came faster than they could be kept.
        case logOverflow = 8
        /// A batch that the receiver refused for good; kept in the store.
        case batchRefused = 9
        /// A second series that a fusion's input matches; the first one stays.
        case ambiguousInput = 10
        /// Rounds of a fusion with too few inputs.
        case belowQuorum = 11
        /// Messages that the broker's queue had no room for.
        case brokerDropped = 12
        /// Records that the store held and can no longer be read.
        case unreadable = 13
        /// Readings in windows that were open when the store was damaged.
        case stateLost = 14
        /// Records in a store that was set aside whole: of a newer version, of another
        /// machine, or without the end of its history.
        case storeSetAside = 15
        /// Messages for the local broker that its queue had no room for, or that it refused.
        case localPublishDropped = 16

        package var name: String {
            switch self {
            case .late: "late"
            case .undecodable: "undecodable"
            case .seriesLimit: "series_limit"
            case .topicLimit: "topic_limit"
            case .tooLarge: "too_large"
            case .sessionLost: "session_lost"
            case .deadLetterEvicted: "dead_letter_evicted"
            case .logOverflow: "log_overflow"
            case .batchRefused: "batch_refused"
            case .ambiguousInput: "ambiguous_input"
            case .belowQuorum: "below_quorum"
            case .brokerDropped: "broker_dropped"
            case .unreadable: "unreadable"
            case .stateLost: "state_lost"
            case .storeSetAside: "store_set_aside"
            case .localPublishDropped: "local_publish_dropped"
            }
        }
    }

    package init(
        cause: Cause, subject: String, from: Timestamp, to: Timestamp, count: UInt64,
        detail: String
    ) {
        self.cause = cause
        self.subject = subject
        self.from = from
        self.to = to
        self.count = count
        self.detail = detail
    }
}
