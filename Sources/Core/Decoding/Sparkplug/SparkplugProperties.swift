/// Those of a metric's properties that say something of its value (Eclipse Sparkplug 3.0.0,
/// sections 6.4.8 and 6.4.9).
struct SparkplugProperties: Hashable, Sendable {
    /// Not standardized: what Ignition and Eclipse Tahu write.
    private static let unitKeys: Set<String> = ["engunit", "engunits", "unit", "units"]

    var unit: String?
    var quality: UInt64?

    init() {}

    /// Keys and values stand apart, and belong together by their places.
    init(_ reader: inout ProtobufReader, _ set: ProtobufReader.Field) throws(Undecodable) {
        var values = reader
        var (unitPlace, qualityPlace): (Int?, Int?) = (nil, nil)
        let outer = try reader.enter(set)
        var place = 0
        while let field = try reader.field() {
            guard field.number == 1 else {
                try reader.skip(field)
                continue
            }
            let key = try reader.textIfValid(field)?.lowercased() ?? ""
            if key == "quality" { qualityPlace = place }
            if Self.unitKeys.contains(key) { unitPlace = place }
            place += 1
        }
        reader.leave(outer)
        guard unitPlace != nil || qualityPlace != nil else { return }
        place = 0
        _ = try values.enter(set)
        while let field = try values.field() {
            guard field.number == 2 else {
                try values.skip(field)
                continue
            }
            if place == unitPlace || place == qualityPlace {
                let value = try Value(&values, field)
                if place == unitPlace { unit = value.text }
                if place == qualityPlace { quality = value.integer }
            } else {
                try values.skip(field)
            }
            place += 1
        }
    }
}

private struct Value {
    var text: String?
    var integer: UInt64?

    init(_ reader: inout ProtobufReader, _ value: ProtobufReader.Field) throws(Undecodable) {
        var isNull = false
        let outer = try reader.enter(value)
        while let field = try reader.field() {
            switch field.number {
            case 2: isNull = try reader.flag(field)
            case 3: integer = UInt64(try reader.unsigned32(field))
            case 4: integer = try reader.unsigned(field)
            case 8: text = try reader.textIfValid(field)
            default: try reader.skip(field)
            }
        }
        reader.leave(outer)
        if isNull || text == "" { text = nil }
        if isNull { integer = nil }
    }
}
