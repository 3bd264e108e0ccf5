import Core

/// A fuser, its plan, and all that it has said.
struct FuserHarness {
    var fuser: Fuser
    let plan: FusionPlan
    private(set) var outcomes: [FusionOutcome] = []

    init(_ plan: FusionPlan) {
        self.plan = plan
        fuser = Fuser(plan)
    }

    mutating func take(
        _ value: Number, _ input: Int, at seconds: Double, arrival: Double? = nil,
        quality: Quality = .good
    ) {
        fuser.take(
            Reading(time: Self.time(seconds), number: value, quality: quality), input: input,
            arrival: Self.time(arrival ?? seconds), plan: plan
        ) { outcomes.append($0) }
    }

    /// One reading of each input, at one moment; `nil` for none.
    mutating func round(_ values: [Double?], at seconds: Double) {
        for (input, value) in values.enumerated() {
            if let value { take(Self.number(value), input, at: seconds) }
        }
    }

    mutating func tick(_ seconds: Double, waitingSince: Double = 0) {
        fuser.tick(
            now: Self.time(seconds), waitingSince: Self.time(waitingSince), plan: plan
        ) { outcomes.append($0) }
    }

    mutating func end() { fuser.end(plan: plan) { outcomes.append($0) } }

    var values: [FusedValue] {
        outcomes.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }

    var notices: [MaintenanceNotice] {
        outcomes.compactMap { if case .maintenance(let notice) = $0 { notice } else { nil } }
    }

    /// `time value` of each value, and `time -` where there were too few.
    var text: [String] {
        outcomes.compactMap { outcome in
            switch outcome {
            case .value(let value):
                "\(Self.seconds(value.reading.time)) \(value.reading.number)"
            case .belowQuorum(let time, _): "\(Self.seconds(time)) -"
            case .overflow(let input, let time): "lost \(input) \(Self.seconds(time))"
            case .undefined(let time): "\(Self.seconds(time)) undefined"
            case .maintenance: nil
            }
        }
    }

    var verdicts: [String] { values.last?.provenance.map(\.verdict.name) ?? [] }
    var weights: [Double] { values.last?.provenance.map(\.weight) ?? [] }

    static func time(_ seconds: Double) -> Timestamp {
        Timestamp(microseconds: Int64((seconds * 1e6).rounded()))
    }

    static func seconds(_ time: Timestamp) -> Double { Double(time.microseconds) / 1e6 }

    static func number(_ value: Double, places: UInt8 = 6) -> Number {
        (Number(value, roundedTo: places) ?? .zero).normalized
    }

    static func plan(
        _ method: FusionPlan.Method, inputs: Int = 3, sigmas: [Double?] = [], quorum: Int? = nil,
        tolerance: Double = 1
    ) -> FusionPlan {
        let inputs = (0..<inputs).map { index in
            FusionPlan.Input(
                stream: "t", field: "t", labels: [.init(name: "device", value: "\(index)")],
                calibration: .identity, sigma: index < sigmas.count ? sigmas[index] : nil)
        }
        return FusionPlan(
            name: "fused", unit: "Cel", labels: [], method: method, inputs: inputs,
            tolerance: Int64(tolerance * 1e6), quorum: quorum ?? inputs.count / 2 + 1,
            windows: [])
    }
}
