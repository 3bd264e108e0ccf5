/// A tree of paths as a scan goes down it.
///
/// A node's number comes from the tree alone: its root, or a link to a node that was appended.
/// So nodes are read unchecked.
struct JSONPathView: ~Escapable {
    let nodes: Span<JSONPathTree.Node>
    let names: Span<UInt8>

    @_lifetime(copy nodes, copy names)
    init(nodes: Span<JSONPathTree.Node>, names: Span<UInt8>) {
        self.nodes = nodes
        self.names = names
    }

    @inline(__always)
    private func node(_ number: Int32) -> JSONPathTree.Node { nodes[unchecked: Int(number)] }

    /// The path that ends at a node; -1 for none.
    @inline(__always)
    func path(at number: Int32) -> Int { Int(node(number).path) }

    /// The node of an array's item.
    @inline(__always)
    func item(of parent: Int32, _ index: Int) -> Int32 {
        var number = node(parent).firstItem
        while number != JSONPathTree.nowhere, node(number).head != UInt64(index) {
            number = node(number).next
        }
        return number
    }

    /// The node of an object's member.
    func member(of parent: Int32, named name: Span<UInt8>) -> Int32 {
        member(of: parent, in: name, 0..<name.count)
    }

    /// - Parameter range: where in the text the name is, without escapes.
    @inline(__always)
    func member(of parent: Int32, in text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        var number = node(parent).firstMember
        guard number != JSONPathTree.nowhere else { return number }
        let head = JSONPathTree.head(text, range)
        let length = range.count
        repeat {
            let node = node(number)
            if node.head == head, node.length == length,
                length <= ByteWord.size || isTail(node, of: text, range)
            {
                return number
            }
            number = node.next
        } while number != JSONPathTree.nowhere
        return number
    }

    @inline(never)
    private func isTail(
        _ node: JSONPathTree.Node, of text: Span<UInt8>, _ range: Range<Int>
    ) -> Bool {
        var place = Int(node.tail)
        for index in range.dropFirst(ByteWord.size) {
            if names[place] != text[index] { return false }
            place += 1
        }
        return true
    }
}
