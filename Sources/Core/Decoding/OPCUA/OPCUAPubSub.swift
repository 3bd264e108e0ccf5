/// OPC UA PubSub's JSON messages (OPC 10000-14, 7.2.5): data sets of named fields, each a value,
/// a DataValue, or a status alone.
package enum OPCUAPubSub {
    /// With the header of a network message, or without it: data sets' messages alone (7.2.5.3).
    package static func isMessage(_ document: Document) -> Bool {
        if isNetworkMessage(document) || isDataSet(document) { return true }
        let elements = document.elements
        return !elements.isEmpty
            && elements.allSatisfy { isNetworkMessage($0) || isDataSet($0) }
    }

    private static func isNetworkMessage(_ document: Document) -> Bool {
        document["MessageType"]?.text?.hasPrefix("ua-") ?? false && document["Messages"] != nil
    }

    private static func isDataSet(_ document: Document) -> Bool {
        guard case .object = document["Payload"] else { return false }
        return document["DataSetWriterId"] != nil || document["DataSetWriterName"] != nil
    }

    package static func read(_ document: Document) throws(Undecodable) -> Decoded {
        var decoded = Decoded()
        for message in list(document) {
            guard isNetworkMessage(message) else {
                read(dataSet: message, &decoded)
                continue
            }
            guard message["MessageType"]?.text == "ua-data" else {
                let type = message["MessageType"]?.text ?? "?"
                throw Undecodable("OPC UA PubSub: a '\(type)' holds no data")
            }
            // One alone need not be in a list.
            for dataSet in list(message["Messages"] ?? .null) { read(dataSet: dataSet, &decoded) }
        }
        return decoded
    }

    private static func list(_ document: Document) -> [Document] {
        if case .array(let elements) = document { elements } else { [document] }
    }

    private static func read(dataSet message: Document, _ decoded: inout Decoded) {
        if message["MessageType"]?.text == "ua-keepalive" { return }
        let time = message["Timestamp"].flatMap(RecognisedTime.time)
        var labels: [Series.Label] = []
        if let writer = message["DataSetWriterName"]?.text
            ?? message["DataSetWriterId"].flatMap(Self.text)
        {
            labels.append(.init(name: "writer", value: writer))
        }
        let status = OPCUAValue.quality(message["Status"])
        for field in message["Payload"]?.members ?? [] {
            let value = OPCUAValue(field.value)
            var reading = DecodedReading(
                field.name, .flag(false), unit: value.unit, time: value.time ?? time,
                quality: status, labels: labels)
            reading.quality.worsen(value.quality)
            if value.value == .null {
                let symbol = value.symbol.map { " (\($0))" } ?? ""
                decoded.problems.append("\(field.name): no value\(symbol)")
            } else {
                add(value.value, as: reading, &decoded)
            }
        }
    }

    private static func add(
        _ value: Document, as model: DecodedReading, _ decoded: inout Decoded
    ) {
        var reading = model
        switch value {
        case .number(let number): reading.value = .number(number)
        case .flag(let flag): reading.value = .flag(flag)
        case .text(let text):
            guard !["NaN", "Infinity", "-Infinity"].contains(text) else {
                decoded.problems.append("\(model.metric): \(text) is no number")
                return
            }
            reading.value = number(text).map { .number($0) } ?? .text(text)
        case .array(let elements):
            for (index, element) in elements.enumerated() where element != .null {
                reading.metric = "\(model.metric)[\(index)]"
                add(element, as: reading, &decoded)
            }
            return
        case .null, .object, .bytes, .noNumber:
            decoded.problems.append("\(model.metric): no number")
            return
        }
        decoded.readings.append(reading)
    }

    /// Integers of 64 bits are texts in OPC UA's JSON (OPC 10000-6, 5.4.2.3).
    private static func number(_ text: String) -> Number? {
        if let measured = MeasuredText(text), measured.unit == nil { return measured.number }
        guard text.utf8.count >= 19 else { return nil }
        if let small = Int64(text) { return .decimal(mantissa: small, scale: 0) }
        return UInt64(text).map { Number(unsigned: $0) }
    }

    private static func text(_ document: Document) -> String? {
        document.text ?? document.number?.description
    }
}
