/// A message in a client's session.
struct Delivery {
    /// One for each message in each session, however often it is handed over.
    let id: Int
    let session: Int
    /// How often the broker had come back with an older state.
    let relapse: Int
    /// 1, 2, 3 and so on in the session, dropped ones included; 0 at QoS 0.
    let number: UInt64
    /// How many of the session were dropped before it.
    let droppedBefore: Int
    let message: Publication
    /// From before the subscription.
    let isRetained: Bool

    /// The same for the same message of the same number. After a relapse that may be one that
    /// was retained since.
    struct Identity: Hashable {
        let session: Int
        let number: UInt64
        let name: Int
    }

    var identity: Identity {
        Identity(session: session, number: number, name: number == 0 ? id : message.serial)
    }

    var packetID: UInt16 { number == 0 ? 0 : UInt16((number - 1) % 65_535 + 1) }
}
