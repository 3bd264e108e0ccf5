/// Sensor Measurement Lists (RFC 8428): names and times resolved (section 4.6).
package enum SenML {
    /// Labels of CBOR and their names in JSON (section 6, table 4).
    private static let names = [
        "-1": "bver", "-2": "bn", "-3": "bt", "-4": "bu", "-5": "bv", "-6": "bs", "0": "n",
        "1": "u",
        "2": "v", "3": "vs", "4": "vb", "5": "s", "6": "t", "7": "ut", "8": "vd",
    ]
    private static let values = ["v", "vs", "vb", "vd", "s"]
    private static let latestVersion = 10.0
    /// Times below this are relative to now (section 4.5.3).
    private static let firstAbsoluteTime = 268_435_456.0

    /// Whether a document is a pack: a list of records, each with a value or with what is the
    /// base of others.
    package static func isPack(_ document: Document) -> Bool {
        guard case .array(let records) = pack(ofDraft: document) ?? document, !records.isEmpty
        else { return false }
        var hasBase = false
        return records.allSatisfy { record in
            let fields = fields(of: record)
            let known = Set(Self.names.values)
            guard !fields.isEmpty,
                fields.allSatisfy({ known.contains($0.name) || $0.name.hasSuffix("_") })
            else { return false }
            hasBase = hasBase || fields.contains { $0.name == "bn" || $0.name == "bver" }
            let hasName = hasBase || fields.contains { $0.name == "n" }
            return hasName && fields.contains { values.contains($0.name) || $0.name.hasPrefix("b") }
        }
    }

    /// - Parameter now: to which times without a base refer.
    package static func read(_ document: Document, now: Timestamp?) throws(Undecodable) -> Decoded {
        guard case .array(let records) = pack(ofDraft: document) ?? document else {
            throw Undecodable("not SenML: expected a list of records")
        }
        var decoded = Decoded()
        var base = Base()
        for (index, record) in records.enumerated() {
            do {
                let object = Document.object(fields(of: record))
                try base.take(object)
                if let reading = try reading(object, base, now) { decoded.readings.append(reading) }
            } catch {
                decoded.problems.append("record \(index + 1): \(error.description)")
            }
        }
        guard !decoded.readings.isEmpty || decoded.problems.isEmpty else {
            throw Undecodable("not SenML: \(decoded.problems[0])")
        }
        return decoded
    }

    private struct Base {
        var name = ""
        var time: Number?
        var unit: String?
        var value: Number?
        var sum: Number?

        mutating func take(_ record: Document) throws(Undecodable) {
            if let version = record["bver"]?.number, version.double > latestVersion {
                throw Undecodable("version \(version) of SenML is newer than RFC 8428")
            }
            if let name = record["bn"]?.text { self.name = name }
            if let time = record["bt"]?.number { self.time = time }
            if let unit = record["bu"]?.text { self.unit = unit }
            if let value = record["bv"]?.number { self.value = value }
            if let sum = record["bs"]?.number { self.sum = sum }
        }
    }

    private static func reading(
        _ record: Document, _ base: Base, _ now: Timestamp?
    ) throws(Undecodable) -> DecodedReading? {
        // Fields whose names end so change what the record means (section 4.4).
        if let field = record.members.first(where: { $0.name.hasSuffix("_") }) {
            throw Undecodable("'\(field.name)' must be understood, and is not")
        }
        let name = base.name + (record["n"]?.text ?? "")
        guard !name.isEmpty else { throw Undecodable("expected a name, 'n' or 'bn'") }
        guard let value = try value(record, base) else { return nil }
        return DecodedReading(
            name, value, unit: record["u"]?.text ?? base.unit, time: time(record, base, now))
    }

    private static func value(
        _ record: Document, _ base: Base
    ) throws(Undecodable) -> DecodedReading.Value? {
        if let number = record["v"]?.number {
            return .number(base.value.map { $0 + number } ?? number)
        }
        if case .flag(let flag) = record["vb"] { return .flag(flag) }
        if let text = record["vs"]?.text { return .text(text) }
        if record["vd"] != nil { throw Undecodable("data, 'vd', is not read") }
        // A base adds to a sum as it does to a value (section 4.1).
        if let sum = record["s"]?.number { return .number(base.sum.map { $0 + sum } ?? sum) }
        if let sum = base.sum, record["n"] != nil { return .number(sum) }
        guard record["v"] == nil else { throw Undecodable("'v' is no number") }
        return nil
    }

    private static func time(_ record: Document, _ base: Base, _ now: Timestamp?) -> Timestamp? {
        let own = record["t"]?.number
        guard own != nil || base.time != nil else { return nil }
        let seconds = (own ?? .zero) + (base.time ?? .zero)
        guard seconds.double.magnitude < 1e12 else { return nil }
        let microseconds = Int64((seconds.double * 1_000_000).rounded())
        if seconds.double >= firstAbsoluteTime {
            let time = Timestamp(microseconds: microseconds)
            return time <= .latest ? time : nil
        }
        return now.map { $0 + microseconds }
    }

    /// With the names that JSON has for them.
    private static func fields(of record: Document) -> [Document.Member] {
        record.members.map { Document.Member(names[$0.name] ?? $0.name, $0.value) }
    }
}
