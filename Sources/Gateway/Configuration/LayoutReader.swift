internal import Core

/// Payloads of a fixed layout: bytes at their places, lines of columns.
enum LayoutReader {
    private static let types: [String: BinaryType] = [
        "u8": .u8, "i8": .i8, "u16": .u16, "i16": .i16, "u32": .u32, "i32": .i32, "u64": .u64,
        "i64": .i64, "f32": .f32, "f64": .f64, "bcd16": .bcd16, "bcd32": .bcd32,
    ]

    /// `form`, `order` and `fields`, by name.
    static func binary(_ node: ConfigurationNode) -> BinaryLayout? {
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let form = choice(map.find("form"), BinaryForm.allCases.map { ($0.rawValue, $0) })
        let order = order(map.find("order"))
        let fields = entries(
            map.require("fields", "values by name, such as {t: {at: 0, type: i16}}")
        )
        .compactMap { name, node in field(name, node, order ?? .big) }
        guard !node.mistakes.list.contains(where: { $0.key?.hasPrefix(node.key) ?? false }) else {
            return nil
        }
        do {
            return try BinaryLayout(fields, in: form ?? .raw)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }

    private static func field(
        _ name: String, _ node: ConfigurationNode, _ order: BinaryOrder
    ) -> BinaryField? {
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let offset = map.require("at", "bytes before it, from 0")?.value("a whole number", place)
        let bit = map.find("bit")?.value("a bit, from 0 for the least significant", place)
        let names = types.keys.sorted()
        let type: BinaryType?
        if let bit {
            let ofWord = choice(map.find("of"), [("byte", false), ("word", true)]) ?? false
            type = ofWord ? .wordBit(bit) : .byteBit(bit)
        } else {
            let expectation = "one of \(names.joined(separator: ", ")), or a 'bit'"
            type = map.require("type", expectation)?.value(expectation) { types[$0] }
        }
        let own = self.order(map.find("order"))
        let scale = number(map.find("scale"))
        let shift = number(map.find("offset"))
        let unit = map.find("unit")?.text()
        guard let offset, let type else { return nil }
        return BinaryField(
            name, at: offset, type, own ?? order, scale: scale ?? Number(1), shift: shift ?? .zero,
            unit: unit)
    }

    /// `delimiter`, `header`, `comment`, `time`, `labels` and `values`, by name.
    static func csv(_ node: ConfigurationNode) -> CSVLayout? {
        guard let map = node.map() else { return nil }
        defer { map.finish() }
        let delimiter = map.find("delimiter")?.value("one character, such as ';'") { text in
            text == "tab" ? UInt8(ascii: "\t") : text.utf8.count == 1 ? text.utf8.first : nil
        }
        let header = header(map.find("header"))
        var columns = entries(map.require("values", "columns by name, such as {t: 1}")).compactMap {
            name, node in value(name, node)
        }
        columns += entries(map.find("labels")).map { name, node in
            CSVColumn(name, at: node.value("a column, from 0", place), .label)
        }
        if let time = map.find("time")?.map() {
            columns += [self.time(time)].compactMap { $0 }
        }
        let comment = map.find("comment")?.text() ?? ""
        guard !node.mistakes.list.contains(where: { $0.key?.hasPrefix(node.key) ?? false }) else {
            return nil
        }
        do {
            return try CSVLayout(
                delimiter: delimiter ?? UInt8(ascii: ","), header: header, columns: columns,
                comment: comment)
        } catch {
            node.mistake(error.description)
            return nil
        }
    }

    private static func header(_ node: ConfigurationNode?) -> CSVLayout.Header {
        guard let node else { return .none }
        if node.isList { return .names(node.items().compactMap { $0.text() }) }
        return choice(node, [("none", .none), ("first_line", .firstLine)]) ?? .none
    }

    /// Its place, `header` for where the header has its name, or a map with a unit.
    private static func value(_ name: String, _ node: ConfigurationNode) -> CSVColumn {
        guard node.isMap, let map = node.map() else {
            return CSVColumn(name, at: column(node), .metric(unit: nil))
        }
        defer { map.finish() }
        let unit = map.find("unit")?.text()
        return CSVColumn(name, at: map.find("column").flatMap(column), .metric(unit: unit))
    }

    private static func time(_ map: ConfigurationMap) -> CSVColumn? {
        defer { map.finish() }
        let formats = TimestampFormat.allCases.map { ($0.rawValue, $0) }
        let place = map.find("column").flatMap(column)
        let name = map.find("name")?.text() ?? "time"
        let format = choice(map.require("format", "one of \(names(formats))"), formats)
        return format.map { CSVColumn(name, at: place, .time($0)) }
    }

    private static func column(_ node: ConfigurationNode) -> Int? {
        let text = node.text()
        return text == "header" ? nil : node.value("a column, from 0, or header", place)
    }

    private static func place(_ text: String) -> Int? {
        Int(text).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func number(_ node: ConfigurationNode?) -> Number? {
        node?.value("a number", Quantities.number)
    }

    private static func order(_ node: ConfigurationNode?) -> BinaryOrder? {
        choice(
            node,
            BinaryOrder.allCases.map { ($0.rawValue, $0) } + [("big", .big), ("little", .little)])
    }

    private static func choice<Value>(
        _ node: ConfigurationNode?, _ all: [(String, Value)]
    ) -> Value? {
        node?.value("one of \(names(all))") { text in all.first { $0.0 == text }?.1 }
    }

    private static func names<Value>(_ all: [(String, Value)]) -> String {
        all.map(\.0).joined(separator: ", ")
    }

    private static func entries(_ node: ConfigurationNode?) -> [(String, ConfigurationNode)] {
        guard let map = node?.map() else { return [] }
        return map.names.compactMap { name in map.find(name).map { (name, $0) } }
    }
}
