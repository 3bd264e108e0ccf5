/// All that is wrong with a configuration, at once.
package struct Mistakes: Error, Sendable, CustomStringConvertible {
    package let list: [Mistake]

    package init(list: [Mistake]) { self.list = list }

    package var description: String { list.map(\.description).joined(separator: "\n") }
}
