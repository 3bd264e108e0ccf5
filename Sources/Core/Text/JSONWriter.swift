/// Writes JSON (RFC 8259) member by member, in the order of the calls.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Whether the next value stands behind another one.
    private var follows = false

    package init() {}

    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        begin("{")
        members(&self)
        end("}")
    }

    package mutating func array<S: Sequence>(
        _ elements: S, _ write: (inout JSONWriter, S.Element) -> Void
    ) {
        begin("[")
        for element in elements { write(&self, element) }
        end("]")
    }

    package mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        follows = false
    }

    package mutating func text(_ text: String) {
        separate()
        quote(text)
        follows = true
    }

    /// Anything that is JSON already, such as a number.
    package mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        follows = true
    }

    package mutating func member(_ name: String, _ value: String) {
        key(name)
        text(value)
    }

    package mutating func member(_ name: String, _ value: some BinaryInteger) {
        key(name)
        raw(value.description.utf8)
    }

    /// Ends a line: the next value begins anew.
    package mutating func newline() {
        bytes.append(UInt8(ascii: "\n"))
        follows = false
    }

    package mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        follows = false
    }

    private mutating func begin(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        follows = false
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        follows = true
    }

    private mutating func separate() { if follows { bytes.append(UInt8(ascii: ",")) } }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
