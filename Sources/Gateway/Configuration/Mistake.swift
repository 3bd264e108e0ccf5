/// Something wrong in the configuration: where, and what to do.
package struct Mistake: Hashable, Sendable, CustomStringConvertible {
    /// The file, or the name of an environment variable.
    package let source: String
    /// From 1; `nil` for an environment variable.
    package let line: Int?
    /// Such as `streams[2].window.size`.
    package let key: String?
    package let problem: String

    package var description: String {
        source + (line.map { ":\($0)" } ?? "") + ": " + (key.map { "\($0): " } ?? "") + problem
    }
}
