internal import Core
internal import Foundation

/// Values as a person reads them.
enum PersonText {
    /// A decimal as it is; a double, and with it the noise in its last places, to six digits.
    static func number(_ number: Number?) -> String {
        switch number {
        case nil: "-"
        case .decimal: number!.description
        case .binary(let value): String(format: "%.6g", value)
        }
    }

    /// `10s`, `1h`, `1m 30s`, `250ms`: at most the two largest units that are in it.
    static func span(_ span: Microseconds) -> String {
        let units: [(name: String, size: Microseconds)] = [
            ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
            ("ms", 1_000), ("us", 1),
        ]
        var (rest, parts) = (span, [String]())
        for unit in units where parts.count < 2 && rest >= unit.size {
            parts.append("\(rest / unit.size)\(unit.name)")
            rest %= unit.size
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }

    /// `nil` where there is nothing to say.
    static func quality(_ quality: Quality) -> String? {
        guard quality != .good else { return nil }
        let reasons = quality.reasons.names
        return reasons.isEmpty
            ? quality.level.name : "\(quality.level.name)(\(reasons.joined(separator: ",")))"
    }

    /// The beginning of bytes that may be text, on one line.
    static func excerpt(_ bytes: [UInt8], limit: Int = 80) -> String {
        let scalars = String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars
        let text = String(String.UnicodeScalarView(scalars.map { $0.value < 32 ? " " : $0 }))
        return bytes.count > limit ? text + "..." : text
    }
}
