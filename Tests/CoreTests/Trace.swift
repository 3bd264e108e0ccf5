import Core
import Simulator
import Testing

/// Readings of a series, the samples that a filter made of them, and whether what is drawn
/// from the samples keeps its promise. In integers: exactly.
struct Trace {
    let plan: ExceptionPlan
    /// A number as an integer, in units small enough for all numbers of the trace.
    let units: (Number) -> Int128
    private(set) var taken: [Reading] = []
    private(set) var samples: [Reading] = []
    var filter = ExceptionFilter()

    init(_ plan: ExceptionPlan, units: @escaping (Number) -> Int128 = Trace.millionths) {
        self.plan = plan
        self.units = units
    }

    static func millionths(_ number: Number) -> Int128 {
        if let mantissa = number.mantissa(at: 6) { return Int128(mantissa) }
        return Int128((number.double * 1e6).rounded())
    }

    mutating func take(_ reading: Reading, arrival: Timestamp? = nil) {
        taken.append(reading)
        filter.take(reading, arrival: arrival ?? reading.time, plan: plan) { samples.append($0) }
    }

    mutating func take(_ microseconds: Int64, _ number: Number, _ quality: Quality = .good) {
        take(
            Reading(
                time: Timestamp(microseconds: microseconds), number: number, quality: quality))
    }

    mutating func flush() { filter.flush { samples.append($0) } }

    /// The samples that are drawn; the others stand alone.
    var drawn: [Reading] { samples.filter { !$0.quality.reasons.contains(.late) } }

    /// What is wrong with the samples, after a flush; `nil` for nothing.
    var fault: String? {
        let drawn = drawn
        for (before, after) in zip(drawn, drawn.dropFirst()) where before.time >= after.time {
            return "two samples of \(after.time), or out of order"
        }
        var alone: [Reading: Int] = [:]
        for sample in samples where sample.quality.reasons.contains(.late) {
            alone[sample, default: 0] += 1
        }
        for reading in taken {
            var marked = reading
            marked.quality.reasons.insert(.late)
            if let count = alone[marked] {
                alone[marked] = count > 1 ? count - 1 : nil
            } else if let fault = fault(of: reading, drawn) {
                return fault
            }
        }
        return alone.isEmpty ? nil : "\(alone.count) samples that nobody measured"
    }

    private func fault(of reading: Reading, _ drawn: [Reading]) -> String? {
        let next = place(after: reading.time, in: drawn)
        guard next > 0 else { return "nothing drawn at \(reading.time)" }
        let before = drawn[next - 1]
        guard before.quality == reading.quality else {
            return "the quality at \(reading.time) was not reported"
        }
        let value = units(reading.number)
        let bound = units(plan.deviation)
        let elapsed = reading.time - before.time
        if elapsed == 0 || plan.method == .deadband {
            guard (value - units(before.number)).magnitude <= bound.magnitude else {
                return "\(reading.number) at \(reading.time) is drawn as \(before.number)"
            }
        } else {
            guard next < drawn.count else { return "nothing drawn at \(reading.time)" }
            let after = drawn[next]
            let span = Int128(after.time - before.time)
            let off =
                (value - units(before.number)) * span
                - (units(after.number) - units(before.number)) * Int128(elapsed)
            guard off.magnitude <= (bound * span).magnitude else {
                return "\(reading.number) at \(reading.time) is off the line from "
                    + "\(before.number) to \(after.number)"
            }
        }
        return elapsed < plan.maximumInterval
            ? nil : "no sample for \(elapsed) us before \(reading.time)"
    }

    private func place(after time: Timestamp, in drawn: [Reading]) -> Int {
        var (low, high) = (0, drawn.count)
        while low < high {
            let middle = (low + high) / 2
            if drawn[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
