/// What the windows of one kind have in common.
package struct WindowLayout: Hashable, Sendable {
    package var shape: WindowShape
    package var aggregates: [Aggregate]

    package init(shape: WindowShape, aggregates: [Aggregate]) {
        self.shape = shape
        self.aggregates = aggregates
    }
}
