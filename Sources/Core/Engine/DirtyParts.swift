/// Which parts of the state a snapshot must write again.
package struct DirtyParts: Hashable, Sendable {
    /// Series in one part.
    static let chunk = 64
    var globals = false
    var topics = false
    var all = false
    /// A bit for each chunk.
    private var chunks: [UInt64] = []

    init() {}

    mutating func insert(series: Int) {
        let chunk = series / Self.chunk
        while chunks.count <= chunk / 64 { chunks.append(0) }
        chunks[chunk / 64] |= 1 << UInt64(chunk % 64)
    }

    func contains(chunk: Int) -> Bool {
        all || (chunk / 64 < chunks.count && chunks[chunk / 64] & 1 << UInt64(chunk % 64) != 0)
    }
}
