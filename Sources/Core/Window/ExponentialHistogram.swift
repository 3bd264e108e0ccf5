#if canImport(Glibc)
    internal import Glibc
#endif

/// OpenTelemetry's exponential histogram (Metrics Data Model, "ExponentialHistogram"):
/// bucket `i` holds values in (base^i, base^(i+1)] with base = 2^(2^-scale). Kept sparse:
/// it begins at the finest scale and halves its resolution only when more than
/// `maximumBuckets` are in use.
package struct ExponentialHistogram: Hashable, Sendable {
    package static let maximumScale: Int32 = 20
    package static let minimumScale: Int32 = -10
    /// For positive and for negative values each; OpenTelemetry's default.
    package static let maximumBuckets = 160

    package private(set) var scale = maximumScale
    package private(set) var zeroCount: UInt64 = 0
    private var positive = Buckets()
    private var negative = Buckets()

    package init() {}

    package var count: UInt64 { zeroCount + positive.total + negative.total }

    /// - Precondition: finite.
    package mutating func add(_ value: Double) {
        if value == 0 {
            zeroCount += 1
        } else if value > 0 {
            positive.add(Self.index(of: value, scale: scale), 1)
        } else {
            negative.add(Self.index(of: -value, scale: scale), 1)
        }
        shrink()
    }

    package mutating func merge(_ other: ExponentialHistogram) {
        var other = other
        while scale > other.scale { halve() }
        while other.scale > scale { other.halve() }
        zeroCount += other.zeroCount
        for bucket in other.positive.entries { positive.add(bucket.index, bucket.count) }
        for bucket in other.negative.entries { negative.add(bucket.index, bucket.count) }
        shrink()
    }

    /// The nearest-rank quantile, to within the half width of a bucket: relative error at
    /// most (base - 1) / (base + 1). `nil` when empty.
    ///
    /// - Parameter fraction: 0 to 1.
    package func quantile(_ fraction: Double) -> Double? {
        guard count > 0 else { return nil }
        var rank = UInt64(max(1, (fraction * Double(count)).rounded(.up)))
        rank = min(rank, count)
        var seen: UInt64 = 0
        for bucket in negative.entries.reversed() {
            seen += UInt64(bucket.count)
            if seen >= rank { return -middle(of: bucket.index) }
        }
        seen += zeroCount
        if seen >= rank { return 0 }
        for bucket in positive.entries {
            seen += UInt64(bucket.count)
            if seen >= rank { return middle(of: bucket.index) }
        }
        return nil
    }

    private mutating func shrink() {
        while scale > Self.minimumScale,
            positive.entries.count > Self.maximumBuckets
                || negative.entries.count > Self.maximumBuckets
        { halve() }
    }

    private mutating func halve() {
        scale -= 1
        positive.halve()
        negative.halve()
    }

    /// OpenTelemetry's mapping: the logarithm for fine scales, the exponent for coarse ones.
    static func index(of value: Double, scale: Int32) -> Int32 {
        if scale > 0 {
            // Powers of two exactly; elsewhere the logarithm may err in its last place.
            if value.significand == 1 {
                return Int32(clamping: Int(value.exponent)) << scale &- 1
            }
            return Int32((log2(value) * exp2(Double(scale))).rounded(.up)) - 1
        }
        let exponent = Int32(clamping: Int(value.exponent)) - (value.significand == 1 ? 1 : 0)
        return exponent >> -scale
    }

    /// Equally far, in ratio, from both bounds of the bucket.
    private func middle(of index: Int32) -> Double {
        let width = exp2(-Double(scale))
        let lower = exp2(Double(index) * width)
        let upper = exp2((Double(index) + 1) * width)
        return upper.isFinite ? 2 * lower * (upper / (lower + upper)) : lower
    }
}

extension ExponentialHistogram {
    func encode(into writer: inout ByteWriter) {
        writer.signed(Int64(scale))
        writer.varint(zeroCount)
        positive.encode(into: &writer)
        negative.encode(into: &writer)
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        let scale = try reader.signed()
        guard (Int64(Self.minimumScale)...Int64(Self.maximumScale)).contains(scale) else {
            throw .malformed("a histogram of scale \(scale)")
        }
        self.scale = Int32(scale)
        zeroCount = try reader.readings()
        positive = try Buckets(from: &reader)
        negative = try Buckets(from: &reader)
    }
}
