/// What an alarm looks for. A deadband, in the unit of the limit, lies on the inner side of it:
/// once met, a condition holds until the value is back by so much (ISA-18.2, "deadband"; OPC UA
/// Part 9, 5.8.2).
package enum AlarmCondition: Hashable, Sendable {
    case above(Number)
    case below(Number)
    /// Below the low or above the high limit.
    case outside(low: Number, high: Number)
    case equals(Number)
    case notEquals(Number)
    /// From reading to reading, in the unit a second, upwards or downwards.
    case rateAbove(Number)
    /// No reading has arrived for so long.
    case stale(Microseconds)
    /// The reading's quality is this or worse.
    case quality(Quality.Level)

    /// Silence is told from arrivals; else the readings' own times count.
    var goesByArrival: Bool {
        if case .stale = self { true } else { false }
    }

    /// Whether a reading of this quality has a say. A bad one is no data, but where the quality
    /// itself is looked at, or a sign of life is all that counts.
    func heeds(_ quality: Quality) -> Bool {
        switch self {
        case .quality, .stale: true
        default: quality.level != .bad
        }
    }

    /// - Parameters:
    ///   - held: whether the condition held until now.
    ///   - previous: the reading before, at most as late.
    func holds(
        _ reading: Reading, after previous: Reading?, held: Bool, deadband: Double
    ) -> Bool {
        let value = reading.number.double
        let inner = held ? deadband : 0
        switch self {
        case .above(let limit): return value > limit.double - inner
        case .below(let limit): return value < limit.double + inner
        case .outside(let low, let high):
            return value < low.double + inner || value > high.double - inner
        case .equals(let state): return value == state.double
        case .notEquals(let state): return value != state.double
        case .rateAbove(let limit):
            guard let previous, reading.time > previous.time else { return held }
            let seconds = Double(reading.time - previous.time) / 1_000_000
            let rate = (value - previous.number.double) / seconds
            return rate.magnitude > limit.double - inner
        case .stale: return false
        case .quality(let level): return reading.quality.level >= level
        }
    }
}

extension AlarmCondition {
    /// Such as `above 80 Cel`.
    func text(unit: String) -> String {
        let unit = unit.isEmpty ? "" : " \(unit)"
        return switch self {
        case .above(let limit): "above \(limit)\(unit)"
        case .below(let limit): "below \(limit)\(unit)"
        case .outside(let low, let high): "outside \(low) to \(high)\(unit)"
        case .equals(let state): "equal to \(state)"
        case .notEquals(let state): "other than \(state)"
        case .rateAbove(let limit): "changing by more than \(limit)\(unit) a second"
        case .stale(let span): "without a reading for \(Self.seconds(span))"
        case .quality(.good), .quality(.uncertain): "of a quality that is not good"
        case .quality(.bad): "of bad quality"
        }
    }

    static func seconds(_ span: Microseconds) -> String {
        "\(Number.decimal(mantissa: span, scale: 6)) s"
    }
}
