internal import Foundation

extension Readings.Shape {
    /// - Parameter wallRate: messages a second of real time; where nil, as fast as can be:
    ///   event time then starts so far in the past that it does not overtake the clock.
    init(_ options: Options, messages: Int, wallRate: Int?) throws(BenchError) {
        let sensors = max(1, try options.number("sensors", default: 1_000))
        let rate = Double(max(1, try options.number("event-rate", default: 5)))
        let now = Date().timeIntervalSince1970
        // The start of a minute is the start of a window.
        let past = ((now - Double(messages) / Double(sensors) / rate - 60) / 60).rounded(.down) * 60
        self.init(
            sensors: sensors,
            rate: wallRate.map { Double($0) / Double(sensors) } ?? rate,
            step: max(1, try options.number("step", default: 10)),
            start: Int64((wallRate == nil ? past : now) * 1_000))
    }
}
