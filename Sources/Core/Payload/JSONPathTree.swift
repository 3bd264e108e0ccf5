/// Paths put together by their common steps, so that a scan compares a name only with those
/// that can stand where it is.
struct JSONPathTree: Sendable {
    /// Where paths have come to. The nodes below one are a chain.
    struct Node: Sendable {
        /// The step that leads here: the name's first eight bytes and its length, or the index.
        var head: UInt64 = 0
        var length: Int32 = 0
        /// The name's other bytes are in `names` from here.
        var tail: Int32 = 0
        /// The next node below the same one; the first ones below this one. Or `nowhere`.
        var next: Int32 = 0
        var firstMember: Int32 = 0
        var firstItem: Int32 = 0
        /// The path that ends here; -1 for none.
        var path: Int32 = -1
    }

    /// A node without a path, and without nodes below it.
    static let nowhere: Int32 = 0
    static let root: Int32 = 1

    private var nodes = [Node(), Node()]
    private var names: [UInt8] = []
    /// Paths that end where an earlier one does.
    private(set) var twins: [(path: Int, earlier: Int)] = []

    init(_ paths: [JSONPath]) {
        for (number, path) in paths.enumerated() {
            var node = Self.root
            for step in path.steps { node = child(of: node, step) }
            let earlier = Int(nodes[Int(node)].path)
            if earlier < 0 {
                nodes[Int(node)].path = Int32(number)
            } else {
                twins.append((number, earlier))
            }
        }
    }

    /// What a scan looks at.
    var view: JSONPathView {
        @_lifetime(borrow self)
        get { JSONPathView(nodes: nodes.span, names: names.span) }
    }

    private mutating func child(of parent: Int32, _ step: JSONPath.Step) -> Int32 {
        var new = Node()
        let place: WritableKeyPath<Node, Int32>
        switch step {
        case .key(let name):
            let known = view.member(of: parent, named: name.span)
            if known != Self.nowhere { return known }
            new.head = Self.head(name.span, 0..<name.count)
            new.length = Int32(name.count)
            new.tail = Int32(names.count)
            names += name.dropFirst(ByteWord.size)
            place = \.firstMember
        case .index(let index):
            let known = view.item(of: parent, index)
            if known != Self.nowhere { return known }
            new.head = UInt64(index)
            place = \.firstItem
        }
        append(new, to: parent, place)
        return Int32(nodes.count - 1)
    }

    /// At the chain's end: members tend to come in the order of the paths.
    private mutating func append(
        _ new: Node, to parent: Int32, _ place: WritableKeyPath<Node, Int32>
    ) {
        let number = Int32(nodes.count)
        nodes.append(new)
        var last = nodes[Int(parent)][keyPath: place]
        guard last != Self.nowhere else {
            nodes[Int(parent)][keyPath: place] = number
            return
        }
        while nodes[Int(last)].next != Self.nowhere { last = nodes[Int(last)].next }
        nodes[Int(last)].next = number
    }

    /// The first eight bytes of what is in the range, or fewer and zeros.
    @inline(__always)
    static func head(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        if text.count - range.lowerBound >= ByteWord.size {
            return ByteWord(text, uncheckedAt: range.lowerBound).prefix(range.count)
        }
        var head: UInt64 = 0
        var index = min(range.upperBound, text.count)
        while index > range.lowerBound {
            index -= 1
            head = head << 8 | UInt64(text[index])
        }
        return head
    }
}
