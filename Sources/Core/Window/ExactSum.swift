/// A sum that does not depend on the order of its terms: exact for decimals of any scale,
/// in 128 bits; beside it, for doubles, Neumaier's compensated sum (1974).
package struct ExactSum: Hashable, Sendable {
    private var mantissa: Int128 = 0
    /// The most places of any decimal that was added.
    private(set) var scale: UInt8 = 0
    private var binary: Double = 0
    private var compensation: Double = 0

    package init() {}

    package mutating func add(_ number: Number) {
        guard case .decimal(let value, let places) = number else {
            addBinary(number.double)
            return
        }
        if places > scale {
            let (product, overflow) = mantissa.multipliedReportingOverflow(
                by: Int128(Number.integerPower(places - scale)))
            guard !overflow else {
                addBinary(number.double)
                return
            }
            mantissa = product
            scale = places
        }
        // At most 2^63 * 10^18 a term: 2^127 leaves room for 18 of the largest there are.
        let term = Int128(value) * Int128(Number.integerPower(scale - places))
        let (sum, overflow) = mantissa.addingReportingOverflow(term)
        if overflow { addBinary(number.double) } else { mantissa = sum }
    }

    private mutating func addBinary(_ value: Double) {
        let sum = binary + value
        compensation +=
            binary.magnitude >= value.magnitude ? (binary - sum) + value : (value - sum) + binary
        binary = sum
    }

    package mutating func merge(_ other: ExactSum) {
        let common = max(scale, other.scale)
        let (mine, first) = mantissa.multipliedReportingOverflow(
            by: Int128(Number.integerPower(common - scale)))
        let (theirs, second) = other.mantissa.multipliedReportingOverflow(
            by: Int128(Number.integerPower(common - other.scale)))
        let (sum, third) = mine.addingReportingOverflow(theirs)
        if first || second || third {
            addBinary(other.approximate)
        } else {
            (mantissa, scale) = (sum, common)
        }
        addBinary(other.binary)
        addBinary(other.compensation)
    }

    /// The decimal where there were only decimals and the sum fits one.
    package var number: Number {
        guard binary == 0, compensation == 0 else {
            return .binary(approximate + binary + compensation)
        }
        var (value, places) = (mantissa, scale)
        while places > 0, Int64(exactly: value) == nil, value % 10 == 0 {
            value /= 10
            places -= 1
        }
        return Int64(exactly: value).map { .decimal(mantissa: $0, scale: places) }
            ?? .binary(approximate)
    }

    private var approximate: Double { Double(mantissa) / Number.power(scale) }
}

extension ExactSum {
    func encode(into writer: inout ByteWriter) {
        writer.byte(scale)
        writer.fixed(UInt64(truncatingIfNeeded: mantissa))
        writer.signed(Int64(truncatingIfNeeded: mantissa >> 64))
        writer.byte(binary == 0 && compensation == 0 ? 0 : 1)
        guard binary != 0 || compensation != 0 else { return }
        writer.double(binary)
        writer.double(compensation)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        scale = try reader.byte()
        guard scale <= Number.maximumScale else { throw .malformed("a sum of scale \(scale)") }
        let low = try reader.fixed()
        mantissa = Int128(try reader.signed()) << 64 | Int128(low)
        guard try reader.byte() == 1 else { return }
        binary = try reader.double()
        compensation = try reader.double()
        // All readings there can be, each as large as one can be.
        guard binary.magnitude <= 1e100, compensation.magnitude <= 1e100 else {
            throw .malformed("a sum of \(binary)")
        }
    }
}
