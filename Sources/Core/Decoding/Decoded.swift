/// What a message came to.
package struct Decoded: Hashable, Sendable {
    package var readings: [DecodedReading] = []
    /// Parts that are no readings though they might have been, each with the reason. None of
    /// them costs the other parts anything.
    package var problems: [String] = []

    package init(readings: [DecodedReading] = [], problems: [String] = []) {
        self.readings = readings
        self.problems = problems
    }
}

/// Why nothing of a message can be read.
package struct Undecodable: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
