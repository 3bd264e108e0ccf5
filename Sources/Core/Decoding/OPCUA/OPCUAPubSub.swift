/// OPC UA PubSub's JSON messages (OPC 10000-14, 7.2.5): data sets of named fields, each a value,
/// a DataValue, or a status alone.
package enum OPCUAPubSub {
    package static func isMessage(_ document: Document) -> Bool {
        document["MessageType"]?.text?.hasPrefix("ua-") ?? false && document["Messages"] != nil
    }

    package static func read(_ document: Document) throws(Undecodable) -> Decoded {
        guard document["MessageType"]?.text == "ua-data" else {
            let type = document["MessageType"]?.text ?? "?"
            throw Undecodable("OPC UA PubSub: a '\(type)' holds no data")
        }
        var decoded = Decoded()
        let messages = document["Messages"]
        for message in messages?.elements ?? [messages ?? .null] {
            if message["MessageType"]?.text == "ua-keepalive" { continue }
            let time = message["Timestamp"].flatMap(RecognisedTime.time)
            var labels: [Series.Label] = []
            if let writer = message["DataSetWriterName"]?.text
                ?? message["DataSetWriterId"].flatMap(Self.text)
            {
                labels.append(.init(name: "writer", value: writer))
            }
            let status = quality(message["Status"])
            for field in message["Payload"]?.members
                ?? message.members.filter({ $0.name == "Payload" })
            {
                read(field, time, status, labels, &decoded)
            }
        }
        return decoded
    }

    private static func read(
        _ field: Document.Member, _ time: Timestamp?, _ status: Quality, _ labels: [Series.Label],
        _ decoded: inout Decoded
    ) {
        var value = field.value
        var quality = status
        var time = time
        var unit: String?
        if case .object = value {
            quality.worsen(Self.quality(field.value["StatusCode"] ?? field.value["Status"]))
            time =
                field.value["SourceTimestamp"].flatMap(RecognisedTime.time)
                ?? field.value["ServerTimestamp"].flatMap(RecognisedTime.time) ?? time
            unit = field.value["EngineeringUnits"]?["DisplayName"]?["Text"]?.text
            value = field.value["Value"] ?? .null
            // Reversible encoding: a Variant of type and body (OPC 10000-6, 5.4.2.16).
            if case .object = value, let body = value["Body"] { value = body }
        }
        func add(_ name: String, _ value: DecodedReading.Value) {
            decoded.readings.append(
                DecodedReading(
                    name, value, unit: unit, time: time, quality: quality, labels: labels))
        }
        switch value {
        case .number(let number): add(field.name, .number(number))
        case .flag(let flag): add(field.name, .flag(flag))
        case .text(let text):
            // 64-bit integers are texts in OPC UA's JSON.
            if let number = MeasuredText(text), number.unit == nil {
                add(field.name, .number(number.number))
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let number = element.number { add("\(field.name)[\(index)]", .number(number)) }
            }
        case .null:
            let symbol = field.value["StatusCode"]?["Symbol"]?.text.map { " (\($0))" } ?? ""
            decoded.problems.append("\(field.name): no value\(symbol)")
        case .object, .bytes, .noNumber: decoded.problems.append("\(field.name): no number")
        }
    }

    /// The two highest bits of a StatusCode (OPC 10000-4, 7.39).
    private static func quality(_ status: Document?) -> Quality {
        guard let code = status?.number ?? status?["Code"]?.number else { return .good }
        let severity = UInt32(exactly: code.double).map { $0 >> 30 } ?? 2
        return severity == 0 ? .good : Quality(severity == 1 ? .uncertain : .bad, .device)
    }

    private static func text(_ document: Document) -> String? {
        document.text ?? document.number?.description
    }
}
