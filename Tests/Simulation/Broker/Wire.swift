/// A connection between broker and gateway. What is on it is lost when it breaks.
final class Wire {
    enum FromBroker {
        case connack(sessionPresent: Bool)
        case suback
        case publish(Delivery)
    }

    enum FromGateway {
        case subscribe
        case acknowledge(Delivery)
    }

    private var toGateway: [FromBroker] = []
    private var next = 0
    private(set) var isOpen = true

    func send(_ packet: FromBroker) { if isOpen { toGateway.append(packet) } }

    /// What has come so far can be read after the end too.
    func read() -> FromBroker? {
        guard next < toGateway.count else { return nil }
        defer { next += 1 }
        return toGateway[next]
    }

    var hasMore: Bool { next < toGateway.count }

    /// - Parameter keeping: so many packets arrived before the end.
    func close(keeping: Int = .max) {
        isOpen = false
        let end = next + min(keeping, toGateway.count - next)
        toGateway.removeSubrange(end...)
    }
}
