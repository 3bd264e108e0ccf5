internal import Core

/// A message as a sensor published it, and what it ought to count for.
struct Publication {
    struct Reading {
        /// Empty for the stream's own.
        let field: String
        let hundredths: Int64
    }

    let serial: Int
    let topic: String
    let payload: [UInt8]
    /// Empty for rubbish.
    let readings: [Reading]
    /// The time in the payload.
    let stated: Timestamp?
    let isRetained: Bool
    let isAcknowledged: Bool
    /// More than the gateway lets the broker send: the broker drops it.
    var isHuge = false
}

extension Int64 {
    /// Hundredths as a decimal.
    var decimal: String {
        let digits = String(magnitude)
        let padded = String(repeating: "0", count: Swift.max(0, 3 - digits.utf8.count)) + digits
        return "\(self < 0 ? "-" : "")\(padded.dropLast(2)).\(padded.suffix(2))"
    }
}
