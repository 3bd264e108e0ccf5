/// What the windows of one kind have in common.
package struct WindowLayout: Hashable, Sendable {
    package var size: Microseconds
    package var aggregates: [Aggregate]

    package init(size: Microseconds, aggregates: [Aggregate]) {
        self.size = size
        self.aggregates = aggregates
    }
}
