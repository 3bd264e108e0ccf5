internal import ArgumentParser
internal import Simulator

/// A length of time with its unit: `500ms`, `60s`, `5m`, `2h`.
struct TimeSpan: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let number = argument.prefix { $0.isNumber || $0 == "." }
        let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600]
        guard let count = Double(number), let unit = units[String(argument[number.endIndex...])]
        else { return nil }
        seconds = count * unit
    }
}

extension BrokerAddress: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension ZoneOffset: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }

    var defaultValueDescription: String { "Z" }
}
