internal import Core
internal import Simulator

/// A device: what it measures, how often, and how wrong its clock is.
struct Sensor {
    enum Kind: CaseIterable {
        case temp, air, level
    }

    let kind: Kind
    let name: String
    let interval: Microseconds
    /// Its clock against the true time.
    let clockError: Microseconds
    /// How long what it says may be on its way to the broker.
    let jitter: Microseconds
    let isRetained: Bool
    let isAcknowledged: Bool

    var topic: String {
        switch kind {
        case .temp: "plant/\(name)/temp"
        case .air: "plant/\(name)/air"
        case .level: "tank/\(name)"
        }
    }

    /// - Parameter time: the true one.
    func publication(
        serial: Int, at time: Timestamp, using generator: inout SplitMix
    ) -> Publication {
        let delay = jitter > 0 ? Microseconds.random(in: 0...jitter, using: &generator) : 0
        let stated = max(0, (time + clockError + -delay).microseconds) / 1_000
        let readings: [Publication.Reading]
        let text: String
        switch kind {
        case .temp:
            let value = Self.value(&generator)
            readings = [.init(field: "", hundredths: value)]
            text = "{\"t\":\(stated),\"v\":\(value.decimal)}"
        case .air:
            let (warmth, humidity) = (Self.value(&generator), Self.value(&generator))
            // Not each message has each field.
            let isWhole = generator.next() % 8 != 0
            readings =
                [.init(field: "warmth", hundredths: warmth)]
                + (isWhole ? [.init(field: "humidity", hundredths: humidity)] : [])
            let rest = isWhole ? ",\"h\":\(humidity.decimal)" : ""
            text = "{\"w\":\(warmth.decimal)\(rest),\"t\":\(stated)}"
        case .level:
            let value = Self.value(&generator)
            readings = [.init(field: "", hundredths: value)]
            text = value.decimal
        }
        return Publication(
            serial: serial, topic: topic, payload: Array(text.utf8), readings: readings,
            stated: kind == .level ? nil : Timestamp(microseconds: stated * 1_000),
            isRetained: isRetained, isAcknowledged: isAcknowledged)
    }

    /// Wide enough that no two messages are alike.
    private static func value(_ generator: inout SplitMix) -> Int64 {
        Int64(generator.next() % 20_000_000) - 10_000_000
    }
}
