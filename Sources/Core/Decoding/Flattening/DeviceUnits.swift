/// Units as devices write them, and what the name of a quantity tells of its unit.
package enum DeviceUnits {
    /// What may follow a number in a text.
    static let known: Set<String> = [
        "°C", "℃", "C", "degC", "°F", "℉", "F", "degF", "K", "%", "%RH", "% RH", "V", "mV", "kV",
        "A", "mA",
        "uA", "µA", "W", "mW", "kW", "MW", "VA", "kVA", "var", "kvar", "Wh", "kWh", "MWh", "varh",
        "kvarh", "Hz", "kHz", "Pa", "hPa", "kPa", "MPa", "bar", "mbar", "psi", "m", "mm", "cm",
        "km",
        "m/s", "km/h", "mm/s", "mm/h", "l", "L", "ml", "m3", "m³", "l/min", "L/min", "l/h", "m3/h",
        "m³/h", "g", "kg", "t", "ms", "s", "min", "h", "ppm", "ppb", "lx", "lux", "dB", "dBm",
        "uS/cm",
        "µS/cm", "us/cm", "mS/cm", "ug/m3", "µg/m3", "ug/m³", "µg/m³", "mg/m3", "mg/m³", "mg/l",
        "N", "kN",
        "Nm", "J", "kJ", "MJ", "GJ", "rpm", "1/min", "°", "deg", "ohm", "Ω", "kΩ", "pH", "NTU",
        "W/m2",
        "W/m²", "G", "mG", "mT", "µT", "B", "kB", "MB",
    ]

    /// Of a member that says the unit of another in words.
    static let words = [
        "celsius": "°C", "c": "°C", "fahrenheit": "°F", "f": "°F", "kelvin": "K", "percent": "%",
        "hectopascal": "hPa", "volt": "V", "ampere": "A", "watt": "W",
    ]

    /// A guess from the last key of a metric; `nil` where the name does not end with a quantity
    /// or a unit.
    ///
    /// - Parameter value: tells millivolts from volts, hectopascals from others.
    package static func guess(_ metric: String, _ value: Double) -> String? {
        let keys = metric.split(whereSeparator: { $0 == "." || $0 == "/" })
        guard let key = keys.last, key.utf8.count <= 64 else { return nil }
        // An alarm of a temperature is none.
        guard !keys.contains(where: { $0.lowercased().contains("alarm") }) else { return nil }
        let parts = key.split { !$0.isLetter && !$0.isNumber }
        var words = parts.flatMap(words)
        if words.count > 1 {
            // As it stands, `kWh`, and of `levelPercent`.
            for word in [parts.last?.lowercased(), words.last] {
                if let unit = word.flatMap({ suffixes[$0] }) { return unit }
            }
        }
        words = words.map(bare).filter { !$0.isEmpty }
        if let last = words.last, let unit = ["c": "°C", "f": "°F"][last],
            words.dropLast().contains(where: temperatures.contains)
        {
            return unit
        }
        while words.count > 1, let last = words.last, qualifiers.contains(last) {
            words.removeLast()
        }
        return quantity(words).flatMap { fitting($0, value) }
    }

    private static func quantity(_ words: [String]) -> String? {
        guard let last = words.last else { return nil }
        let before = words.dropLast().last ?? ""
        if let unit = names[before + last] { return unit }
        return others.contains(before) ? nil : names[last]
    }

    private static func fitting(_ unit: String, _ value: Double) -> String? {
        switch unit {
        case "V" where value > 1_000: "mV"
        case "hPa" where !(300...1_200).contains(value): nil
        case "%" where !(0...100).contains(value): nil
        // Percent come whole, volts don't.
        case "battery": value <= 100 && (value > 5 || value == value.rounded()) ? "%" : nil
        default: unit
        }
    }

    private static let suffixes = [
        "mm": "mm", "percent": "%", "pct": "%", "lux": "lx", "ppm": "ppm", "mv": "mV",
        "kwh": "kWh", "hz": "Hz", "hpa": "hPa", "kpa": "kPa", "bar": "bar", "mbar": "mbar",
        "v": "V", "kph": "km/h", "ma": "mA", "kw": "kW", "seconds": "s",
    ]
    private static let names = [
        "temperature": "°C", "temp": "°C", "tempc": "°C", "tempf": "°F", "tc": "°C", "tf": "°F",
        "dewpoint": "°C", "heatindex": "°C", "humidity": "%", "hum": "%", "rh": "%",
        "battery": "battery", "batt": "battery", "batterylevel": "%", "percent": "%",
        "pressure": "hPa", "voltage": "V", "volt": "V", "volts": "V", "current": "A",
        "amps": "A", "power": "W", "apower": "W", "apparentpower": "VA", "powerapparent": "VA",
        "reactivepower": "var", "powerreactive": "var", "frequency": "Hz", "freq": "Hz",
        "co2": "ppm", "rssi": "dBm", "snr": "dB", "uptime": "s",
    ]
    private static let temperatures: Set = [
        "t", "temp", "temperature", "dew", "dewpoint", "heatindex", "feels", "feelslike", "chill",
        "windchill",
    ]
    /// Before a quantity, of which they make another one.
    private static let others: Set = ["color", "colour", "absolute", "specific"]
    /// After a quantity, of which they say where or when.
    private static let qualifiers: Set = [
        "a", "b", "c", "l", "n", "x", "y", "z", "phase", "avg", "average", "mean", "min", "max",
        "minimum", "maximum", "soil", "air", "water", "in", "out", "indoor", "outdoor", "inside",
        "outside", "ambient", "inlet", "outlet", "setpoint", "target", "actual",
    ]

    /// `currentTemp` to current, temp.
    private static func words(of part: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in part {
            if character.isUppercase, wasLower {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase
            word += character.lowercased()
        }
        return words + [word]
    }

    /// Without digits at its end: `temperature1`.
    private static func bare(_ word: String) -> String {
        word == "co2" ? word : String(word.reversed().drop { $0.isNumber }.reversed())
    }
}
