internal import Core

/// What holds of a document, whatever format it came in.
extension FuzzTarget {
    static func check(_ document: Document) throws(Violation) {
        var values = 0
        try check(document, depth: 0, &values)
        try require(values <= Document.maximumValues, "\(values) values")
    }

    private static func check(
        _ document: Document, depth: Int, _ values: inout Int
    ) throws(Violation) {
        values += 1
        try require(depth <= Document.maximumDepth, "\(depth) levels")
        switch document {
        case .number(let number): try check(number)
        case .noNumber(let reason): try require(!reason.isEmpty, "no number, and no text")
        case .array(let elements):
            for element in elements { try check(element, depth: depth + 1, &values) }
        case .object(let members):
            for member in members { try check(member.value, depth: depth + 1, &values) }
        case .null, .flag, .text, .bytes: break
        }
    }

    /// Up to a number's last digits, and to why something is none.
    static func isSame(_ left: Document, _ right: Document) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): isNear(left.double, right.double)
        case (.noNumber, .noNumber): true
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.name == $1.name && isSame($0.value, $1.value)
                }
        default: left == right
        }
    }

    static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    static func bigEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
    }
}
