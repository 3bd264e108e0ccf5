internal import Core
internal import Gateway
internal import Logging

/// Says nothing here; warnings go upstream, as they do with the real one.
struct ShippingLogHandler: LogHandler {
    let shipper: LogShipper
    let clock: WorldClock
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    init(shipper: LogShipper, clock: WorldClock) {
        self.shipper = shipper
        self.clock = clock
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        shipper.add(
            LogRecord(
                time: clock.wall, level: 4, source: "simulation",
                message: event.message.description))
    }
}
