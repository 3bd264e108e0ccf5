/// A value that most don't have, kept apart: eight bytes where there is none.
struct OutOfLine<Value: Hashable & Sendable>: Hashable, Sendable {
    private var storage: [Value] = []

    init() {}
    init(_ value: Value) { storage = [value] }

    var value: Value? { storage.first }
    /// Without a copy of the value.
    var isEmpty: Bool { storage.isEmpty }

    /// - Parameter absent: what is there from now on if nothing was.
    mutating func modify<Result>(
        or absent: @autoclosure () -> Value, _ body: (inout Value) -> Result
    ) -> Result {
        if storage.isEmpty { storage.append(absent()) }
        return body(&storage[0])
    }

    mutating func clear() { storage.removeAll() }
}
