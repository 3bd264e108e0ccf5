/// One pass over a JSON text, down its objects and arrays.
struct JSONWalk: ~Copyable, ~Escapable {
    private typealias Finding = JSONScanner.Finding

    private var cursor: JSONCursor
    private let paths: JSONPathView
    private var found: MutableSpan<JSONScanner.Finding>

    @_lifetime(copy text, copy paths, copy found)
    init(
        _ text: Span<UInt8>, _ paths: JSONPathView,
        _ found: consuming MutableSpan<JSONScanner.Finding>
    ) {
        cursor = JSONCursor(text)
        self.paths = paths
        self.found = found
    }

    mutating func run() throws(JSONScanner.Malformed) {
        for path in found.indices { found[path] = Finding() }
        try value(at: JSONPathTree.root, depth: 0)
        cursor.skipSpace()
        guard cursor.isAtEnd else { throw cursor.malformed("nothing after the value") }
    }

    /// - Parameter node: where the paths that led here have come to.
    private mutating func value(at node: Int32, depth: Int) throws(JSONScanner.Malformed) {
        var finding = Finding()
        cursor.skipSpace()
        switch cursor.peek {
        case UInt8(ascii: "\""):
            finding = Finding(kind: .string, range: try cursor.string().range)
        case UInt8(ascii: "{"):
            try object(at: node, depth: depth)
            finding.kind = .other
        case UInt8(ascii: "["):
            try array(at: node, depth: depth)
            finding.kind = .other
        case UInt8(ascii: "t"):
            try cursor.literal("true")
            finding.kind = .truth
        case UInt8(ascii: "f"):
            try cursor.literal("false")
            finding.kind = .falsehood
        case UInt8(ascii: "n"):
            try cursor.literal("null")
            finding.kind = .null
        default:
            finding = Finding(kind: .number, range: try cursor.number())
        }
        let path = paths.path(at: node)
        if path >= 0 { found[path] = finding }
    }

    private mutating func object(at node: Int32, depth: Int) throws(JSONScanner.Malformed) {
        guard depth < JSONScanner.maximumDepth else { throw cursor.malformed("at most 64 levels") }
        cursor.advance()
        cursor.skipSpace()
        if cursor.take(UInt8(ascii: "}")) { return }
        while true {
            cursor.skipSpace()
            guard cursor.peek == UInt8(ascii: "\"") else { throw cursor.malformed("a name") }
            let name = try cursor.string()
            cursor.skipSpace()
            guard cursor.take(UInt8(ascii: ":")) else { throw cursor.malformed("':'") }
            try value(at: member(of: node, named: name), depth: depth + 1)
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "}")) else { throw cursor.malformed("',' or '}'") }
            return
        }
    }

    @inline(__always)
    private func member(of node: Int32, named name: JSONString) -> Int32 {
        name.isEscaped
            ? paths.member(of: node, named: cursor.unescaped(name).span)
            : paths.member(of: node, in: cursor.text, name.range)
    }

    private mutating func array(at node: Int32, depth: Int) throws(JSONScanner.Malformed) {
        guard depth < JSONScanner.maximumDepth else { throw cursor.malformed("at most 64 levels") }
        cursor.advance()
        cursor.skipSpace()
        if cursor.take(UInt8(ascii: "]")) { return }
        var index = 0
        while true {
            try value(at: paths.item(of: node, index), depth: depth + 1)
            index += 1
            cursor.skipSpace()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.take(UInt8(ascii: "]")) else { throw cursor.malformed("',' or ']'") }
            return
        }
    }
}
