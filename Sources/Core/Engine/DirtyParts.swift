/// Which parts of the state a snapshot must write again.
package struct DirtyParts: Hashable, Sendable {
    /// Series in one part.
    static let chunk = 64
    var globals = false
    var topics = false
    var series: Set<Int> = []
    var all = false

    init() {}
}
