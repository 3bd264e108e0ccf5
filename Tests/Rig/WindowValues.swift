internal import Foundation

/// The exact aggregates of a window, from the truth or from the export.
struct WindowValues: Equatable {
    var count: Int
    var sum: Decimal
    var minimum: Decimal
    var maximum: Decimal
    var first: Decimal
    var last: Decimal

    /// Of one reading.
    init(_ value: Decimal) {
        count = 1
        (sum, minimum, maximum, first, last) = (value, value, value, value, value)
    }

    /// Of a line of the export.
    ///
    /// - Throws: `RigError` naming the aggregate that the line lacks.
    init(exported line: JSONText) throws {
        func number(_ name: String) throws -> Decimal {
            guard let number = line[name]?.decimal else {
                throw RigError("an exported window has no number '\(name)'")
            }
            return number
        }
        count = NSDecimalNumber(decimal: try number("count")).intValue
        sum = try number("sum")
        (minimum, maximum) = (try number("min"), try number("max"))
        (first, last) = (try number("first"), try number("last"))
    }

    mutating func add(_ value: Decimal) {
        count += 1
        sum += value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        last = value
    }

    /// What differs from the truth, counts excepted.
    func differences(from truth: WindowValues) -> [String] {
        let pairs = [
            ("sum", sum, truth.sum), ("min", minimum, truth.minimum),
            ("max", maximum, truth.maximum), ("first", first, truth.first),
            ("last", last, truth.last),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) instead of \($0.2)" }
    }
}
