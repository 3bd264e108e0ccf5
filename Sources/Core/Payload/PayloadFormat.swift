/// How the readings stand in a stream's payloads.
package enum PayloadFormat: Hashable, Sendable {
    /// The whole payload is one number.
    case number
    /// A value for each field at its path, and perhaps a time.
    case json(fields: [JSONPath], time: TimePath?)
    /// The same of CBOR and MessagePack.
    case document(Notation, fields: [JSONPath], time: TimePath?)
    /// Fields as they come: what they are, the messages say, and the profiles of their devices.
    case recognised([DeviceProfile])
    /// No readings: lines of a log.
    case log

    package enum Notation: String, CaseIterable, Hashable, Sendable {
        case cbor
        case messagePack = "messagepack"

        func document(_ payload: Span<UInt8>) throws(Undecodable) -> Document {
            switch self {
            case .cbor: try Document(cbor: payload)
            case .messagePack: try Document(messagePack: payload)
            }
        }
    }

    package struct TimePath: Hashable, Sendable {
        package var path: JSONPath
        package var format: TimestampFormat

        package init(path: JSONPath, format: TimestampFormat) {
            self.path = path
            self.format = format
        }
    }
}
