/// A name with `*` for any text. Without a dot it is held against the last key of a metric,
/// with one against the whole of it.
package struct NamePattern: Hashable, Sendable {
    package let text: String
    private let pieces: [[UInt8]]
    private let isWhole: Bool

    package init(_ text: String) {
        self.text = text
        pieces = Array(text.utf8).split(
            separator: UInt8(ascii: "*"), omittingEmptySubsequences: false
        ).map(Array.init)
        isWhole = text.utf8.contains(UInt8(ascii: "."))
    }

    package func matches(_ metric: String) -> Bool {
        let dot = UInt8(ascii: ".")
        let bytes = Array(metric.utf8)
        return matches(isWhole ? bytes[...] : bytes.split(separator: dot).last ?? [])
    }

    private func matches(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = pieces.first, let last = pieces.last, name.starts(with: first) else {
            return false
        }
        guard pieces.count > 1 else { return name.count == first.count }
        var rest = name.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let place = Self.first(piece, in: rest) else { return false }
            rest = rest[(place + piece.count)...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }

    private static func first(_ piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= piece.count else { return nil }
        return (text.startIndex...(text.endIndex - piece.count)).first {
            text[$0..<$0 + piece.count].elementsEqual(piece)
        }
    }
}
