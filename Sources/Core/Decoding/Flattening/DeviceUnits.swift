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

    /// A guess from the last key of a metric; `nil` where the name tells nothing.
    ///
    /// - Parameter value: tells millivolts from volts, hectopascals from others.
    package static func guess(_ metric: String, _ value: Double) -> String? {
        let key = String(metric.split(whereSeparator: { $0 == "." || $0 == "/" }).last ?? "")
        if ["V", "A", "W"].contains(key) { return key }
        let words = words(of: key)
        guard let last = words.last else { return nil }
        if let unit = suffixes[last], words.count > 1 { return unit }
        for word in [words.joined()] + words.reversed() {
            let fitting = names.first { word == $0.0 || ($0.0.count > 3 && word.hasPrefix($0.0)) }
            switch fitting?.1 {
            case nil: continue
            case "V" where value > 1_000: return "mV"
            case "hPa" where !(300...1_200).contains(value): return nil
            case "%" where !(0...100).contains(value): return nil
            case let unit: return unit
            }
        }
        return nil
    }

    private static let suffixes = [
        "c": "°C", "f": "°F", "mm": "mm", "percent": "%", "pct": "%", "lux": "lx", "ppm": "ppm",
        "mv": "mV", "kwh": "kWh", "hz": "Hz", "hpa": "hPa", "kpa": "kPa", "bar": "bar", "v": "V",
        "kph": "km/h", "ma": "mA", "kw": "kW",
    ]
    private static let names = [
        ("tempf", "°F"), ("temperature", "°C"), ("tempc", "°C"), ("temp", "°C"), ("tc", "°C"),
        ("tf", "°F"), ("dewpoint", "°C"), ("heatindex", "°C"), ("humidity", "%"), ("hum", "%"),
        ("rh", "%"), ("battery", "%"), ("batt", "%"), ("pressure", "hPa"), ("voltage", "V"),
        ("volt", "V"), ("current", "A"), ("apparentpower", "VA"), ("reactivepower", "var"),
        ("aprt", "VA"), ("apower", "W"), ("power", "W"), ("frequency", "Hz"), ("freq", "Hz"),
        ("co2", "ppm"), ("percent", "%"), ("rssi", "dBm"), ("snr", "dB"), ("uptime", "s"),
    ]

    /// `TempC_DS18B20` to temp, c, ds18b20; digits at the end go.
    private static func words(of key: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in key.prefix(64) {
            guard character.isLetter || character.isNumber else {
                words.append(word)
                word = ""
                continue
            }
            if character.isUppercase, wasLower {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase
            word += character.lowercased()
        }
        words.append(word)
        return words.map { word in
            let bare = word.reversed().drop { $0.isNumber }
            return word == "co2" || bare.isEmpty ? word : String(bare.reversed())
        }.filter { !$0.isEmpty }
    }
}
