/// A topic filter that names what it captures: `plant/{line}/{device}/temperature`.
/// Besides, MQTT's own `+` and `#` (MQTT 3.1.1, section 4.7), which capture nothing.
package struct TopicPattern: Hashable, Sendable {
    package enum Level: Hashable, Sendable {
        case literal([UInt8])
        case capture(String)
        case any
        /// The rest, which may be nothing.
        case rest
    }

    package private(set) var levels: [Level]
    package let text: String

    /// All topics.
    package static let everything = TopicPattern(levels: [.rest], text: "#")

    private init(levels: [Level], text: String) {
        self.levels = levels
        self.text = text
    }

    /// - Throws: `Malformed`, saying what was expected.
    package init(_ text: String) throws(Malformed) {
        self.text = text
        guard !text.isEmpty, text.utf8.count <= 65_535, !text.utf8.contains(0) else {
            throw Malformed(text: text, expected: "1 to 65,535 bytes without NUL")
        }
        // Bytes, as the broker takes it: in a `Character` a mark may hide behind an accent.
        let parts = Array(text.utf8).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var levels: [Level] = []
        var names: Set<String> = []
        for (index, part) in parts.enumerated() {
            switch Array(part) {
            case Self.plus: levels.append(.any)
            case Self.hash:
                guard index == parts.count - 1 else {
                    throw Malformed(text: text, expected: "'#' as the last level only")
                }
                levels.append(.rest)
            case _ where part.first == Self.open && part.last == Self.close && part.count > 2:
                let name = String(decoding: part.dropFirst().dropLast(), as: UTF8.self)
                guard names.insert(name).inserted else {
                    throw Malformed(text: text, expected: "each name once, but '\(name)' is twice")
                }
                levels.append(.capture(name))
            default:
                guard !part.contains(where: Self.marks.contains) else {
                    let part = String(decoding: part, as: UTF8.self)
                    throw Malformed(
                        text: text, expected: "+, # or {name} to take a whole level, not '\(part)'")
                }
                levels.append(.literal(Array(part)))
            }
        }
        self.levels = levels
    }

    private static let plus = Array("+".utf8)
    private static let hash = Array("#".utf8)
    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")
    private static let marks = Array("+#{}".utf8)

    package struct Malformed: Error, CustomStringConvertible {
        let text: String
        let expected: String
        package var description: String { "'\(text)': expected \(expected)" }
    }

    /// What MQTT subscribes to.
    package var filter: String {
        levels.map { level in
            switch level {
            case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
            case .capture, .any: "+"
            case .rest: "#"
            }
        }.joined(separator: "/")
    }

    package var captures: [String] {
        levels.compactMap { if case .capture(let name) = $0 { name } else { nil } }
    }

    /// With a literal in place of a capture.
    package func binding(_ name: String, to value: String) -> TopicPattern {
        var bound = self
        bound.levels = levels.map { $0 == .capture(name) ? .literal(Array(value.utf8)) : $0 }
        return bound
    }

    /// What the pattern captures from the topic; `nil` where it does not match.
    package func match(_ topic: Span<UInt8>) -> [Series.Label]? {
        guard matches(topic) else { return nil }
        var labels: [Series.Label] = []
        var start = 0
        for level in levels {
            var end = start
            while end < topic.count, topic[end] != UInt8(ascii: "/") { end += 1 }
            if case .capture(let name) = level {
                // Not every broker looks; mended, two topics would become one series.
                let text = topic.extracting(start..<end).withUnsafeBufferPointer {
                    String(validating: $0, as: UTF8.self)
                }
                guard let value = text else { return nil }
                labels.append(.init(name: name, value: value))
            }
            start = end + 1
        }
        return labels
    }

    /// Whether topics of so many levels may match.
    func fits(depth: Int) -> Bool {
        if case .rest = levels[levels.count - 1] { return depth >= levels.count - 1 }
        return depth == levels.count
    }

    /// Most patterns of profiles do not, so nothing is captured before that is known.
    private func matches(_ topic: Span<UInt8>) -> Bool {
        // A leading wildcard does not match $SYS and its like.
        if topic.count > 0, topic[0] == UInt8(ascii: "$") {
            guard case .literal = levels[0] else { return false }
        }
        var start = 0
        for level in levels {
            if case .rest = level { return true }
            guard start <= topic.count else { return false }
            var end = start
            while end < topic.count, topic[end] != UInt8(ascii: "/") { end += 1 }
            if case .literal(let bytes) = level {
                guard bytes.count == end - start else { return false }
                for offset in 0..<bytes.count where bytes[offset] != topic[start + offset] {
                    return false
                }
            }
            start = end + 1
        }
        return start == topic.count + 1
    }

    /// Whether some topic matches both: the broker may then deliver a message twice.
    package func overlaps(_ other: TopicPattern) -> Bool {
        var (mine, theirs) = (levels[...], other.levels[...])
        while let a = mine.first, let b = theirs.first {
            if a == .rest || b == .rest { return true }
            if case .literal(let x) = a, case .literal(let y) = b, x != y { return false }
            (mine, theirs) = (mine.dropFirst(), theirs.dropFirst())
        }
        // "a/#" matches "a" too.
        return mine == theirs || mine.first == .rest || theirs.first == .rest
    }
}
