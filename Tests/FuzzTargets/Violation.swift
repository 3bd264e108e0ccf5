/// A property that did not hold.
package struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

func require(
    _ condition: Bool, _ otherwise: @autoclosure () -> String
) throws(Violation) {
    guard condition else { throw Violation(otherwise()) }
}

/// What must not fail.
func must<T>(_ what: String, _ body: () throws -> T) throws(Violation) -> T {
    do {
        return try body()
    } catch {
        throw Violation("\(what): \(error)")
    }
}
