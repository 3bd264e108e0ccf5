/// Finds the values at given paths in one pass over a JSON text, which it validates
/// fully (RFC 8259): syntax, escapes, UTF-8, depth. Allocates nothing but its result.
package struct JSONScanner: Sendable {
    /// What stands at a path: a kind and, for numbers and strings, where.
    package struct Finding: Hashable, Sendable {
        package enum Kind: Sendable { case missing, number, string, truth, falsehood, null, other }
        package var kind = Kind.missing
        /// Of a string what is between the quotes, escapes as they stand.
        package var range = 0..<0
    }

    package struct Malformed: Error, CustomStringConvertible {
        package let offset: Int
        package let expected: String
        package var description: String { "not JSON: expected \(expected) at byte \(offset)" }
    }

    package static let maximumDepth = 64
    package static let maximumPaths = 64

    private let tree: JSONPathTree
    private let pathCount: Int

    /// - Precondition: at most `maximumPaths`.
    package init(paths: [JSONPath]) {
        precondition(paths.count <= Self.maximumPaths)
        tree = JSONPathTree(paths)
        pathCount = paths.count
    }

    /// - Parameter findings: one for each path, written anew. Of members with the same
    ///   name the last one counts.
    package func scan(_ text: Span<UInt8>, into findings: inout [Finding]) throws(Malformed) {
        if findings.count != pathCount {
            findings = Array(repeating: Finding(), count: pathCount)
        }
        var walk = JSONWalk(text, tree.view, findings.mutableSpan)
        try walk.run()
        for twin in tree.twins { findings[twin.path] = findings[twin.earlier] }
    }
}
