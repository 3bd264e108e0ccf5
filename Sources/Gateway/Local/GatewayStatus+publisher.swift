internal import Console
internal import LocalBroker

extension GatewayStatus.Publisher {
    init(_ figures: LocalPublisherFigures) {
        self.init()
        connected = figures.isConnected
        trouble = figures.trouble
        published = UInt64(figures.published)
        refused = UInt64(figures.refused)
        dropped = UInt64(figures.dropped)
        queued = figures.queued + figures.inFlight
    }
}
