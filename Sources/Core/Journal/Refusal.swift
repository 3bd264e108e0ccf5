/// A message beyond a limit: what is left of it.
package struct Refusal: Hashable, Sendable {
    package var packetID: UInt16
    /// Of topic and payload.
    package var hash: UInt64
    package var cause: GapRecord.Cause
    package var subject: String
    package var detail: String
    package var time: Timestamp

    package init(
        packetID: UInt16, hash: UInt64, cause: GapRecord.Cause, subject: String, detail: String,
        time: Timestamp
    ) {
        self.packetID = packetID
        self.hash = hash
        self.cause = cause
        self.subject = subject
        self.detail = detail
        self.time = time
    }
}
