/// A window that is not exported as it should be.
package struct Difference: Sendable, CustomStringConvertible {
    /// Where the window begins, in milliseconds since 1970.
    package let start: Int64
    /// Readings.
    package let missing: Int
    /// All of the window is missing.
    package let isWhole: Bool
    package let description: String

    init(_ key: WindowKey, _ text: String, missing: Int = 0, isWhole: Bool = false) {
        start = key.start
        self.missing = missing
        self.isWhole = isWhole
        description = "\(key): \(text)"
    }
}
