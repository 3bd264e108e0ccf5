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
        var trimmed = bytes[start...end]
        // Which a reader may pass over (RFC 8259, section 8.1).
        if trimmed.starts(with: [0xef, 0xbb, 0xbf]), trimmed.count > 3 {
            trimmed = trimmed.dropFirst(3).drop { space.contains($0) }
        }
        if let text = String(validating: trimmed, as: UTF8.self),
            !trimmed.contains(where: { $0 < 0x20 && !space.contains($0) })
        {
            guard trimmed.first == UInt8(ascii: "{") || trimmed.first == UInt8(ascii: "[") else {
                // A value in quotes is JSON's text.
                let quoted = trimmed.first == UInt8(ascii: "\"")
                let inner = quoted ? (try? Document(json: Array(trimmed).span))?.text : nil
                return (.text(inner ?? text), nil)
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
        let cbor = (try? Document(cbor: bytes.span)).flatMap { isStructure($0) ? $0 : nil }
        let packed = (try? Document(messagePack: bytes.span)).flatMap { isStructure($0) ? $0 : nil }
        // MessagePack's small map begins as CBOR's small list does: names tell.
        if let packed, cbor == nil || hasNames(packed) { return .document(packed, .messagePack) }
        if let cbor { return .document(cbor, .cbor) }
        return .binary(bytes.count)
    }

    private static func hasNames(_ document: Document) -> Bool {
        !document.members.isEmpty
            && document.members.allSatisfy { member in
                guard let first = member.name.unicodeScalars.first else { return false }
                return first.properties.isAlphabetic || ("0"..."9").contains(first)
            }
    }
}
