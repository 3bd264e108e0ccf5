/// A decoder of bytes from outside, and what must hold whatever it is fed.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    package let name: String
    /// Bytes; what is longer says nothing new.
    package let maximumLength: Int
    /// Inputs from which to mutate; `Corpus` holds them as files.
    package let seeds: @Sendable () -> [FuzzSeed]
    private let body: @Sendable ([UInt8]) throws(Violation) -> Void

    init(
        _ name: String, maximumLength: Int = 1_024,
        seeds: @autoclosure @escaping @Sendable () -> [FuzzSeed] = [],
        _ body: @escaping @Sendable ([UInt8]) throws(Violation) -> Void
    ) {
        self.name = name
        self.maximumLength = maximumLength
        self.seeds = seeds
        self.body = body
    }

    /// - Throws: what did not hold. A trap is a find, too.
    package func run(_ input: [UInt8]) throws(Violation) { try body(input) }

    package var description: String { name }

    package static let all: [FuzzTarget] = [
        payload, path, number, topic, words, records, batch, journal, snapshot, engine,
        configuration, answer, csv, certificate, unit, formula, cbor, messagepack, sparkplug, lines,
        binary, logs, automatic, profile,
    ]
}
