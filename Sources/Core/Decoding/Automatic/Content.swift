/// A payload, and what it may be, found out once.
struct Content {
    enum Kind {
        case empty
        case document(Document, Notation)
        case text(String)
        case binary(Int)
    }

    enum Notation: String {
        case json = "JSON"
        case cbor = "CBOR"
        case messagePack = "MessagePack"
    }

    let bytes: [UInt8]
    let kind: Kind
    /// Why it is not what it begins like.
    let doubt: String?

    init(_ payload: Span<UInt8>) {
        bytes = payload.withUnsafeBufferPointer { Array($0) }
        (kind, doubt) = Self.recognise(bytes)
    }

    var document: Document? { if case .document(let document, _) = kind { document } else { nil } }

    private static func recognise(_ bytes: [UInt8]) -> (Kind, String?) {
        let space: Set<UInt8> = [0, 0x20, 0x09, 0x0a, 0x0d]
        let start = bytes.firstIndex { !space.contains($0) }
        guard let start, let end = bytes.lastIndex(where: { !space.contains($0) }) else {
            return (.empty, nil)
        }
        let trimmed = bytes[start...end]
        if let text = String(validating: trimmed, as: UTF8.self),
            !trimmed.contains(where: { $0 < 0x20 && !space.contains($0) })
        {
            guard trimmed.first == UInt8(ascii: "{") || trimmed.first == UInt8(ascii: "[") else {
                return (.text(text), nil)
            }
            do {
                return (.document(try Document(json: Array(trimmed).span), .json), nil)
            } catch {
                return (.text(text), error.description)
            }
        }
        return (binary(bytes), nil)
    }

    /// Only maps and lists: what else is valid may be anything.
    private static func binary(_ bytes: [UInt8]) -> Kind {
        func isStructure(_ document: Document) -> Bool {
            switch document {
            case .object, .array: true
            default: false
            }
        }
        if let document = try? Document(cbor: bytes.span), isStructure(document) {
            return .document(document, .cbor)
        }
        if let document = try? Document(messagePack: bytes.span), isStructure(document) {
            return .document(document, .messagePack)
        }
        return .binary(bytes.count)
    }
}
