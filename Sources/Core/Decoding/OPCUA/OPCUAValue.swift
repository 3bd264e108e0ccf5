/// A value in OPC UA's JSON encoding (OPC 10000-6, 5.4.2): as it is, in a Variant, in a DataValue.
struct OPCUAValue {
    private(set) var value: Document
    private(set) var time: Timestamp?
    private(set) var unit: String?
    private(set) var quality = Quality.good
    /// The status by name.
    private(set) var symbol: String?

    init(_ document: Document) {
        value = document
        if document.members.contains(where: { Self.known.contains($0.name) }) {
            let status = document["StatusCode"] ?? document["Status"]
            quality = Self.quality(status)
            symbol = document["StatusCode"]?["Symbol"]?.text
            time =
                document["SourceTimestamp"].flatMap(RecognisedTime.time)
                ?? document["ServerTimestamp"].flatMap(RecognisedTime.time)
            unit = document["EngineeringUnits"]?["DisplayName"]?["Text"]?.text
            value = document["Value"] ?? .null
        }
        // Reversible encoding: a Variant of type and body (5.4.2.16).
        if let body = value["Body"], value["Type"] != nil || value.members.count == 1 {
            value = body
        }
    }

    /// Whether an object is a DataValue (5.4.2.17) and nothing else.
    static func isDataValue(_ document: Document) -> Bool {
        document["Value"] != nil && document.members.count > 1
            && document.members.allSatisfy { known.contains($0.name) }
    }

    private static let known: Set<String> = [
        "Value", "StatusCode", "Status", "SourceTimestamp", "ServerTimestamp",
        "SourcePicoseconds", "ServerPicoseconds", "EngineeringUnits", "UaType",
    ]

    /// The two highest bits of a StatusCode (OPC 10000-4, 7.39).
    static func quality(_ status: Document?) -> Quality {
        guard let code = status?.number ?? status?["Code"]?.number else { return .good }
        let severity = UInt32(exactly: code.double).map { $0 >> 30 } ?? 2
        return severity == 0 ? .good : Quality(severity == 1 ? .uncertain : .bad, .device)
    }
}
