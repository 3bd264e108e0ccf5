/// What may have been meant by a unit that is not UCUM: for errors only, never taken as it is.
enum UnitSpelling {
    /// A UCUM code, if any comes to mind.
    static func suggestion(for text: String) -> String? {
        guard text.utf8.count <= UnitOfMeasure.maximumLength else { return nil }
        let ascii = text.map { characters[$0] ?? String($0) }.joined()
        for candidate in [everyday[text.lowercased()], rewritten(ascii)] {
            guard let candidate, candidate != text else { continue }
            var parser = UnitParser(candidate)
            if (try? parser.parse()) != nil { return candidate }
        }
        return nil
    }

    /// Each word between operators by itself, its exponent apart.
    private static func rewritten(_ text: String) -> String {
        var result = ""
        var word = ""
        for character in text + "." {
            guard "./()".contains(character) else {
                word.append(character)
                continue
            }
            let better = spelled(word)
            let isCompound = better.contains { $0 == "." || $0 == "/" }
            result += isCompound && !result.isEmpty ? "(\(better))" : better
            result.append(character)
            word = ""
        }
        return String(result.dropLast())
    }

    private static func spelled(_ word: String) -> String {
        if let whole = everyday[word.lowercased()] { return whole }
        let name = String(word.prefix { !$0.isNumber && $0 != "-" && $0 != "+" })
        let exponent = word.dropFirst(name.count)
        guard !name.isEmpty, UnitAtom.all[name] == nil else { return word }
        if let better = everyday[name.lowercased()] { return better + exponent }
        // Of those that differ in case only, the first in order.
        let sameLetters = UnitAtom.all.keys.filter { $0.lowercased() == name.lowercased() }.min()
        return (sameLetters ?? name) + exponent
    }

    private static let characters: [Character: String] = [
        "²": "2", "³": "3", "⁻": "-", "¹": "1", "·": ".", "⋅": ".", "×": ".", "*": ".",
        "µ": "u", "μ": "u", "Ω": "Ohm", "°": "deg", "℃": "Cel",
        "℉": "[degF]", "‰": "[ppth]", " ": "", "^": "", "∕": "/", "−": "-",
    ]

    /// In small letters.
    private static let everyday: [String: String] = [
        "°c": "Cel", "degc": "Cel", "deg_c": "Cel", "celsius": "Cel", "°f": "[degF]",
        "degf": "[degF]", "fahrenheit": "[degF]", "kelvin": "K", "°": "deg", "degrees": "deg",
        "wh": "W.h", "kwh": "kW.h", "mwh": "MW.h", "gwh": "GW.h", "ah": "A.h", "mah": "mA.h",
        "va": "V.A", "kva": "kV.A", "mva": "MV.A", "var": "V.A{reactive}",
        "kvar": "kV.A{reactive}", "mvar": "MV.A{reactive}", "kvarh": "kV.A{reactive}.h",
        "watt": "W", "watts": "W", "volt": "V", "volts": "V", "amp": "A", "amps": "A",
        "ampere": "A", "ohms": "Ohm", "hertz": "Hz", "lux": "lx", "hp": "[HP]", "btu": "[Btu_IT]",
        "rpm": "/min", "u/min": "/min", "cpm": "/min", "rps": "/s", "hr": "h", "hrs": "h",
        "hour": "h", "hours": "h", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
        "mins": "min", "minute": "min", "minutes": "min", "day": "d", "days": "d", "week": "wk",
        "month": "mo", "year": "a", "yr": "a", "meter": "m", "metre": "m", "meters": "m",
        "metres": "m", "liter": "l", "litre": "l", "liters": "l", "litres": "l", "cbm": "m3",
        "ccm": "cm3", "nm3": "m3{normal}", "lpm": "l/min", "gpm": "[gal_us]/min",
        "cfm": "[cft_i]/min", "gram": "g", "grams": "g", "kilogram": "kg", "ton": "t",
        "tonne": "t", "tons": "t", "nm": "N.m", "knm": "kN.m", "psi": "[psi]",
        "psig": "[psi]{gauge}", "psia": "[psi]{absolute}", "barg": "bar{gauge}",
        "bara": "bar{absolute}", "bar(g)": "bar{gauge}", "bar(a)": "bar{absolute}",
        "kpa": "kPa", "mpa": "MPa", "hpa": "hPa", "mbar": "mbar", "mmhg": "mm[Hg]",
        "inhg": "[in_i'Hg]", "mmh2o": "mm[H2O]", "mmwc": "mm[H2O]", "mh2o": "m[H2O]",
        "inh2o": "[in_i'H2O]", "in": "[in_i]", "inch": "[in_i]", "ft": "[ft_i]", "feet": "[ft_i]",
        "foot": "[ft_i]", "yd": "[yd_i]", "mi": "[mi_i]", "mile": "[mi_i]", "mph": "[mi_i]/h",
        "kph": "km/h", "kmh": "km/h", "kn": "[kn_i]", "knot": "[kn_i]", "knots": "[kn_i]",
        "lb": "[lb_av]", "lbs": "[lb_av]", "lbf": "[lbf_av]", "oz": "[oz_av]",
        "gal": "[gal_us]", "bbl": "[bbl_us]", "ppm": "[ppm]", "ppb": "[ppb]", "pct": "%",
        "percent": "%", "%rh": "%{RH}", "rh": "%{RH}", "byte": "By", "bytes": "By",
        "db": "{dB}", "dba": "{dBA}", "db(a)": "{dBA}", "dbm": "{dBm}", "ph": "{pH}",
        "[ph]": "{pH}", "b": "{B}", "np": "{Np}", "pcs": "{pcs}", "count": "{count}",
        "counts": "{count}", "ntu": "{NTU}", "none": "1", "unitless": "1", "": "1", "-": "1",
    ]
}
