/// Mean and sum of squared deviations (Welford 1962), mergeable (Chan, Golub, LeVeque 1979).
package struct Moments: Hashable, Sendable {
    package private(set) var count: Double = 0
    package private(set) var mean: Double = 0
    private var squares: Double = 0

    package init() {}

    package mutating func add(_ value: Double) {
        count += 1
        let delta = value - mean
        mean += delta / count
        squares += delta * (value - mean)
    }

    package mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        let total = count + other.count
        let delta = other.mean - mean
        squares += other.squares + delta * delta * count * other.count / total
        mean += delta * other.count / total
        count = total
    }

    /// Of the sample (divisor n - 1); 0 for fewer than two values.
    package var variance: Double { count > 1 ? max(0, squares) / (count - 1) : 0 }

    package var standardDeviation: Double { variance.squareRoot() }

    func encode(into writer: inout ByteWriter) {
        writer.double(count)
        writer.double(mean)
        writer.double(squares)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        count = try reader.double()
        mean = try reader.double()
        squares = try reader.double()
        guard count.isFinite, mean.isFinite, squares.isFinite, count > 0 else {
            throw .malformed("moments of \(count) readings")
        }
    }
}
