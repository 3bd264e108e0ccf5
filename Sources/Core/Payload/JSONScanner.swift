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
    /// As many as a mask has bits.
    package static let maximumPaths = 64

    private let paths: [JSONPath]

    /// - Precondition: at most `maximumPaths`.
    package init(paths: [JSONPath]) {
        precondition(paths.count <= Self.maximumPaths)
        self.paths = paths
    }

    /// - Parameter findings: one for each path, written anew. Of members with the same
    ///   name the last one counts.
    package func scan(_ text: Span<UInt8>, into findings: inout [Finding]) throws(Malformed) {
        findings.removeAll(keepingCapacity: true)
        for _ in paths { findings.append(Finding()) }
        var cursor = JSONCursor(text)
        let all = paths.count == 64 ? UInt64.max : (1 << UInt64(paths.count)) - 1
        try value(&cursor, depth: 0, live: all, &findings)
        cursor.skipSpace()
        guard cursor.isAtEnd else { throw cursor.malformed("nothing after the value") }
    }

    /// - Parameter live: a bit for each path that led here so far.
    private func value(
        _ cursor: inout JSONCursor, depth: Int, live: UInt64, _ findings: inout [Finding]
    ) throws(Malformed) {
        cursor.skipSpace()
        switch cursor.peek {
        case UInt8(ascii: "{"):
            note(.other, 0..<0, depth, live, &findings)
            try object(&cursor, depth: depth, live: live, &findings)
        case UInt8(ascii: "["):
            note(.other, 0..<0, depth, live, &findings)
            try array(&cursor, depth: depth, live: live, &findings)
        case UInt8(ascii: "\""):
            let range = try cursor.string()
            note(.string, range, depth, live, &findings)
        case UInt8(ascii: "t"):
            try cursor.literal("true")
            note(.truth, 0..<0, depth, live, &findings)
        case UInt8(ascii: "f"):
            try cursor.literal("false")
            note(.falsehood, 0..<0, depth, live, &findings)
        case UInt8(ascii: "n"):
            try cursor.literal("null")
            note(.null, 0..<0, depth, live, &findings)
        default:
            let range = try cursor.number()
            note(.number, range, depth, live, &findings)
        }
    }

    private func note(
        _ kind: Finding.Kind, _ range: Range<Int>, _ depth: Int, _ live: UInt64,
        _ findings: inout [Finding]
    ) {
        var rest = live
        while rest != 0 {
            let path = rest.trailingZeroBitCount
            rest &= rest - 1
            if paths[path].steps.count == depth {
                findings[path] = Finding(kind: kind, range: range)
            }
        }
    }

    private func object(
        _ cursor: inout JSONCursor, depth: Int, live: UInt64, _ findings: inout [Finding]
    ) throws(Malformed) {
        guard depth < Self.maximumDepth else { throw cursor.malformed("at most 64 levels") }
        cursor.advance()
        cursor.skipSpace()
        if cursor.take(UInt8(ascii: "}")) { return }
        while true {
            cursor.skipSpace()
            guard cursor.peek == UInt8(ascii: "\"") else { throw cursor.malformed("a name") }
            let name = try cursor.string()
            cursor.skipSpace()
            guard cursor.take(UInt8(ascii: ":")) else { throw cursor.malformed("':'") }
            let next = live == 0 ? 0 : paths(live, at: depth, named: name, in: cursor)
            try value(&cursor, depth: depth + 1, live: next, &findings)
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "}")) else { throw cursor.malformed("',' or '}'") }
            return
        }
    }

    private func array(
        _ cursor: inout JSONCursor, depth: Int, live: UInt64, _ findings: inout [Finding]
    ) throws(Malformed) {
        guard depth < Self.maximumDepth else { throw cursor.malformed("at most 64 levels") }
        cursor.advance()
        cursor.skipSpace()
        if cursor.take(UInt8(ascii: "]")) { return }
        var index = 0
        while true {
            let next = live == 0 ? 0 : paths(live, at: depth, indexed: index)
            try value(&cursor, depth: depth + 1, live: next, &findings)
            index += 1
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "]")) else { throw cursor.malformed("',' or ']'") }
            return
        }
    }

    private func paths(
        _ live: UInt64, at depth: Int, named name: Range<Int>, in cursor: JSONCursor
    ) -> UInt64 {
        var matching: UInt64 = 0
        var rest = live
        while rest != 0 {
            let path = rest.trailingZeroBitCount
            rest &= rest - 1
            guard depth < paths[path].steps.count,
                case .key(let key) = paths[path].steps[depth],
                cursor.string(name, equals: key)
            else { continue }
            matching |= 1 << UInt64(path)
        }
        return matching
    }

    private func paths(_ live: UInt64, at depth: Int, indexed index: Int) -> UInt64 {
        var matching: UInt64 = 0
        var rest = live
        while rest != 0 {
            let path = rest.trailingZeroBitCount
            rest &= rest - 1
            if depth < paths[path].steps.count, paths[path].steps[depth] == .index(index) {
                matching |= 1 << UInt64(path)
            }
        }
        return matching
    }
}
