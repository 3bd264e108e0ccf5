extension SparkplugBirth {
    func encode(into writer: inout ByteWriter) {
        writer.byte(isPartial ? 1 : 0)
        let names = metrics.sorted { $0.key < $1.key }
        var places: [String: Int] = [:]
        writer.count(names.count)
        for (place, (name, metric)) in names.enumerated() {
            places[name] = place
            writer.text(name)
            writer.byte(metric.datatype)
            writer.text(metric.unit ?? "")
        }
        writer.count(aliases.count)
        for (alias, name) in aliases.sorted(by: { $0.key < $1.key }) {
            writer.varint(alias)
            writer.count(places[name] ?? 0)
        }
    }

    init(from reader: inout ByteReader, _ limits: SparkplugLimits) throws(FormatError) {
        self.init()
        isPartial = try reader.flag()
        var named: [(name: String, metric: Metric)] = []
        for _ in 0..<(try reader.count(ofAtLeast: 3)) {
            let (name, datatype, unit) = (try reader.text(), try reader.byte(), try reader.text())
            guard name.utf8.count <= limits.nameLength, unit.utf8.count <= limits.unitLength else {
                throw .malformed("a metric with too long a name or unit")
            }
            named.append((name, Metric(datatype: datatype, unit: unit.isEmpty ? nil : unit)))
        }
        var aliases: [UInt64?] = Array(repeating: nil, count: named.count)
        for _ in 0..<(try reader.count(ofAtLeast: 2)) {
            let alias = try reader.varint()
            guard let place = Int(exactly: try reader.varint()), named.indices.contains(place),
                aliases[place] == nil
            else { throw .malformed("an alias of no metric, or of one that has another") }
            aliases[place] = alias
        }
        for (place, (name, metric)) in named.enumerated() {
            guard add(metric, named: name, alias: aliases[place]) == nil else {
                throw .malformed("a metric or an alias twice")
            }
        }
    }
}
