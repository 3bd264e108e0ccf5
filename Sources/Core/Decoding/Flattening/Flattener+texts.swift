/// Texts that are numbers, and those that are not.
extension Flattener {
    mutating func take(_ text: String, at place: Place) {
        if let state = rule?.state(text, of: place.path) {
            var place = place
            place.unit = ""
            add(.number(Number(state)), place)
            return
        }
        guard !Self.isCode(text, at: place.path) else { return }
        let isName = Self.isIdentifier(place.path)
        if let measured = MeasuredText(text) {
            let isUnitSure = measured.hasKnownUnit || !isName && !Self.isWord(place.path)
            guard measured.unit == nil ? !isName : isUnitSure else { return }
            var place = place
            if let unit = measured.unit { place.unit = unit }
            add(.number(measured.number), place, isUnitOwn: measured.unit != nil)
        } else if !isName, !Self.isPoint(place.path), MeasuredText.isAlmost(text) {
            note("\(place.path): the text '\(text.prefix(40))' is no number")
        }
    }

    /// Whether the digits of a text are more likely a name than a quantity.
    static func isIdentifier(_ path: String) -> Bool {
        let key = lastKey(of: path)
        return [
            "id", "eui", "mac", "addr", "version", "serial", "imei", "imsi", "phone", "code",
            "firmware", "freq", "port", "token", "key", "hex", "seq",
        ]
        .contains { key.contains($0) }
            || ["fw", "sw", "hw", "sn", "size", "rev", "revision", "model"].contains(key)
    }

    /// Bytes in hexadecimal, and rooms: whether digits are all of it or not.
    private static func isCode(_ text: String, at path: String) -> Bool {
        let keys = ["data", "pdin", "pdout", "raw", "payload", "room", "slot", "node"]
        return keys.contains(lastKey(of: path)) && text.allSatisfy(\.isHexDigit)
    }

    /// Whether a comma is between two numbers.
    private static func isPoint(_ path: String) -> Bool {
        let key = lastKey(of: path)
        return ["color", "colour", "loc", "gps", "coord"].contains { key.contains($0) }
    }

    /// Whether a text tells something in words, in which `3 errors` is no quantity.
    static func isWord(_ path: String) -> Bool {
        let key = lastKey(of: path)
        return [
            "state", "status", "mode", "message", "msg", "description", "text", "info", "reason",
            "result", "title", "type", "action", "event",
        ]
        .contains(key) || ElementIdentity.isSure(key) || RecognisedTime.rank(of: key) != nil
    }

    private static func lastKey(of path: String) -> String {
        path.split(whereSeparator: { $0 == "." || $0 == "[" }).last?.lowercased() ?? ""
    }
}
