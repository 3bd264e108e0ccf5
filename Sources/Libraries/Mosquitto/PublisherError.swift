/// Why a publisher can't do its work, by who has to do something about it.
package enum PublisherError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody answered at the address.
    case unreachable(String)
    /// One end did not accept the other's certificate, or they have no TLS in common.
    case handshake(String)
    /// The broker does not want this client.
    case refused(String)
    /// The library would not take a message.
    case message(String)

    package var description: String {
        switch self {
        case .unreachable(let reason): "can't be reached (\(reason))"
        case .handshake(let reason): "TLS handshake failed (\(reason))"
        case .refused(let reason): "the broker refused the connection (\(reason))"
        case .message(let reason): "can't publish (\(reason))"
        }
    }
}
