import Core
import Testing

@Suite struct FusionTests {
    private func plan(
        _ method: FusionPlan.Method, sigmas: [Double] = [1, 1, 1],
        hasProvenance: Bool = false
    ) throws -> Plan {
        let inputs = zip(["a", "b", "c"], sigmas).map { device, sigma in
            FusionPlan.Input(
                stream: "temperature", field: "temperature",
                labels: [.init(name: "device", value: device)],
                calibration: device == "c"
                    ? Calibration(gain: Number(1), offset: Number(-1)) : .identity,
                sigma: sigma)
        }
        var fusion = FusionPlan(
            name: "bearing", unit: "Cel", labels: [], method: method, inputs: inputs,
            tolerance: 1_000_000, quorum: 2,
            windows: [
                WindowPlan(
                    .tumbling(size: 10_000_000), aggregates: [.count, .last], delay: 5_000_000)
            ])
        fusion.hasProvenance = hasProvenance
        return try EngineHarness.plan(aggregates: [.count], fusions: [fusion])
    }

    private func fused(_ harness: EngineHarness) -> [String] {
        harness.windows.filter { $0.hasPrefix("bearing") }
    }

    @Test func takesTheMedianAndCarriesTheAgreement() throws {
        var harness = EngineHarness(try plan(.median))
        for (device, value) in [("a", "20.1"), ("b", "20.4"), ("c", "26")] {
            harness.receive("plant/\(device)/temperature", "{\"t\":1000,\"v\":\(value)}", at: 1_000)
        }
        harness.tick(60_000)
        #expect(
            fused(harness) == [
                "bearing @0 count=1 last=20.4", "bearing.spread @0 count=1 last=4.9",
                "bearing.inputs @0 count=1 last=3",
            ])
    }

    @Test func carriesWeightsAndVerdicts() throws {
        var harness = EngineHarness(try plan(.median, hasProvenance: true))
        for (device, value) in [("a", "20.1"), ("b", "20.4")] {
            harness.receive("plant/\(device)/temperature", "{\"t\":1000,\"v\":\(value)}", at: 1_000)
        }
        harness.tick(5_001)
        harness.tick(60_000)
        #expect(
            fused(harness).dropFirst(3) == [
                "bearing.weight.1 @0 count=1 last=0.5", "bearing.weight.2 @0 count=1 last=0.5",
                "bearing.weight.3 @0 count=1 last=0", "bearing.verdict.1 @0 count=1 last=0",
                "bearing.verdict.2 @0 count=1 last=0", "bearing.verdict.3 @0 count=1 last=1",
            ])
    }

    /// Its own value and the number of inputs, each in its place.
    @Test func aFormulaShipsNoSpread() throws {
        let program = try Formula("x + y - z").program(inputs: [], result: nil)
        var plan = try plan(.formula(program))
        plan.fusions[0].publication = PublicationPlan(
            topic: try PublicationTopic("out"), isRetained: false)
        var harness = EngineHarness(plan)
        for (device, value) in [("a", "20.1"), ("b", "20.4"), ("c", "26")] {
            harness.receive("plant/\(device)/temperature", "{\"t\":1000,\"v\":\(value)}", at: 1_000)
        }
        harness.tick(60_000)
        #expect(
            fused(harness) == [
                "bearing @0 count=1 last=15.5", "bearing.inputs @0 count=1 last=3",
            ])
        let payload = String(decoding: harness.effects.publications[0].payload, as: UTF8.self)
        #expect(payload.contains(#""spread":null"#))
    }

    @Test func weighsByInverseVariance() throws {
        var harness = EngineHarness(try plan(.inverseVariance(.given), sigmas: [0.5, 1, 1]))
        for (device, value) in [("a", "20.0"), ("b", "21.0"), ("c", "22.5")] {
            harness.receive("plant/\(device)/temperature", "{\"t\":1000,\"v\":\(value)}", at: 1_000)
        }
        harness.tick(60_000)
        // (4 * 20 + 21 + 21.5) / 6, to three places.
        #expect(fused(harness).first == "bearing @0 count=1 last=20.417")
    }

    /// Another plan takes over while a round waits: it ends by the plan it was begun under.
    @Test func aRoundEndsWithItsPlan() throws {
        let before = try plan(.median)
        for inputs in [["a", "b"], ["a"]] {
            var harness = EngineHarness(before)
            for device in inputs {
                harness.receive("plant/\(device)/temperature", "{\"t\":1000,\"v\":20}", at: 1_000)
            }
            var after = before
            after.fusions[0].quorum = 1
            harness.engine.reconfigure(after, into: &harness.effects)
            harness.tick(100_000)
            let isQuorum = inputs.count == 2
            #expect(fused(harness).count == (isQuorum ? 3 : 0))
            #expect(harness.effects.gaps.map(\.cause) == (isQuorum ? [] : [.belowQuorum]))
        }
    }

    @Test func aMissingInputDoesNotStopTheOthers() throws {
        var harness = EngineHarness(try plan(.median))
        for second in 1...3 {
            for (device, value) in [("a", 20), ("b", 22)] {
                harness.receive(
                    "plant/\(device)/temperature", "{\"t\":\(second * 1_000),\"v\":\(value)}",
                    at: Int64(second) * 1_000)
            }
        }
        // The third round waits for c, and then no more.
        harness.tick(5_001)
        harness.tick(60_000)
        #expect(
            fused(harness) == [
                "bearing @0 count=3 last=21", "bearing.spread @0 count=3 last=2",
                "bearing.inputs @0 count=3 last=2",
            ])
    }

    @Test func tooFewInputsLeaveAGap() throws {
        var harness = EngineHarness(try plan(.median))
        for second in 1...3 {
            harness.receive(
                "plant/a/temperature", "{\"t\":\(second * 1_000),\"v\":20}",
                at: Int64(second) * 1_000)
        }
        harness.tick(60_000)
        #expect(fused(harness).isEmpty)
        #expect(harness.effects.gaps.map(\.cause) == [.belowQuorum])
        #expect(harness.effects.gaps.map(\.count) == [3])
    }

    @Test func readingsTooFarApartAreNotFused() throws {
        var harness = EngineHarness(try plan(.median))
        harness.receive("plant/a/temperature", #"{"t":1000,"v":20}"#, at: 1_000)
        harness.receive("plant/b/temperature", #"{"t":2001,"v":20}"#, at: 2_001)
        harness.tick(60_000)
        #expect(fused(harness).isEmpty)
    }
}
