internal import Core

extension FuzzTarget {
    /// Two patterns and a topic, a line end between them.
    static let topic = FuzzTarget("topic", maximumLength: 512, seeds: topicSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let first = pattern(input.until(0x0a))
        let second = pattern(input.until(0x0a))
        let topic = input.rest()
        for pattern in [first, second].compactMap({ $0 }) { try check(pattern, topic) }
        guard let first, let second else { return }
        try require(
            first.overlaps(second) == second.overlaps(first), "overlapping has a direction")
        let isBoth = first.match(topic.span) != nil && second.match(topic.span) != nil
        try require(!isBoth || first.overlaps(second), "both match, and they don't overlap")
    }

    private static func pattern(_ bytes: [UInt8]) -> TopicPattern? {
        String(validating: bytes, as: UTF8.self).flatMap { try? TopicPattern($0) }
    }

    private static func check(_ pattern: TopicPattern, _ topic: [UInt8]) throws(Violation) {
        let filter = Array(pattern.filter.utf8)
        let levels = filter.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        try require(
            levels.count == pattern.levels.count, "\(levels.count) levels in the filter")
        for (index, level) in levels.enumerated() {
            let isWild = level.contains(UInt8(ascii: "+")) || level.contains(UInt8(ascii: "#"))
            try require(!isWild || level.count == 1, "a wildcard inside a level")
            try require(
                level != [UInt8(ascii: "#")] || index == levels.count - 1, "'#' is not last")
        }
        guard String(validating: topic, as: UTF8.self) != nil else {
            _ = pattern.match(topic.span)
            return
        }
        let expected = naive(filter, topic)
        let found = pattern.match(topic.span)
        try require((found != nil) == expected, "\(expected ? "not " : "")matched")
        guard let found else { return }
        try require(found.map(\.name) == pattern.captures, "captures \(found)")
        let parts = topic.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let places = pattern.levels.indices.filter {
            if case .capture = pattern.levels[$0] { true } else { false }
        }
        for (label, place) in zip(found, places) {
            try require(Array(label.value.utf8) == Array(parts[place]), "captured \(label)")
        }
    }

    /// MQTT 3.1.1, section 4.7, level by level.
    private static func naive(_ filter: [UInt8], _ topic: [UInt8]) -> Bool {
        let slash = UInt8(ascii: "/")
        let wanted = filter.split(separator: slash, omittingEmptySubsequences: false).map(
            Array.init)
        let levels = topic.split(separator: slash, omittingEmptySubsequences: false).map(Array.init)
        let isWild = wanted[0] == Array("+".utf8) || wanted[0] == Array("#".utf8)
        if topic.first == UInt8(ascii: "$"), isWild { return false }
        for (index, level) in wanted.enumerated() {
            if level == Array("#".utf8) { return index <= levels.count }
            guard index < levels.count else { return false }
            if level != Array("+".utf8), level != levels[index] { return false }
        }
        return wanted.count == levels.count
    }

    private static var topicSeeds: [FuzzSeed] {
        let texts = [
            "captures":
                "plant/{line}/{device}/temperature\nplant/+/tc-1/#\nplant/1/tc-1/temperature",
            "rest": "a/#\na\na", "any": "+/+\n{x}/b\na/b", "empty-levels": "//+\n/#\n///",
            "system": "+/uptime\n$SYS/{what}\n$SYS/uptime", "all": "#\n$SYS/#\n$SYS/x",
            "accents": "é/{ä}\n+/x\né/x", "twice": "{a}/{a}\n{}/b\nx", "inside": "a+/b\na/b#\n",
            "combining": "a/\u{301}b\n{n}\u{301}/+\u{301}\na/\u{301}b",
            "crlf": "a\r/b\n{x\r}/b\na\r/b",
        ]
        return texts.sorted { $0.key < $1.key }.map { FuzzSeed($0.key, $0.value) }
            + [
                FuzzSeed(
                    "invalid-utf8",
                    Array("plant/{x}\nplant/+\nplant/".utf8) + [0xff, 0xfe]),
                FuzzSeed("nul", Array("a/+\n#\na/".utf8) + [0]),
            ]
    }
}
