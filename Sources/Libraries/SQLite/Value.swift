/// What a statement takes for a `?`.
package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    package static func text(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
}
