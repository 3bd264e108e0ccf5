internal import Foundation
internal import Rig

/// Runs the scenarios one after another, bare subscriber and gateway in turn, and prints
/// what came out.
struct Bench {
    private let workspace: Workspace
    private let scenarios: Scenarios
    private let chosen: Set<String>
    private let subjects: [SubjectKind]
    private let rounds: Int

    init(_ options: Options) throws {
        let all = ["flood", "mosquitto", "steady", "wire", "core", "reaction", "series"]
        chosen = Set(options.text("only")?.split(separator: ",").map(String.init) ?? all)
        if let unknown = chosen.subtracting(all).sorted().first {
            throw BenchError("--only \(unknown): expected some of \(all.joined(separator: ","))")
        }
        subjects = options.has("bare-only") ? [.bare] : SubjectKind.allCases
        rounds = max(1, try options.number("rounds", default: options.has("quick") ? 1 : 2))
        workspace = try Workspace(name: "bench")
        try workspace.requireDisk()
        scenarios = try Scenarios(isQuick: options.has("quick"), in: workspace)
    }

    func run() throws {
        defer { workspace.remove() }
        var figures: [Figure] = []
        var table = Table()
        if chosen.contains("flood") {
            let result = try measure("flood", scenarios.flood)
            table.add("fed by the flood", result)
            figures.append(Figure("ingest_ratio_flood", result.ratio(\.rate), "ratio"))
        }
        if chosen.contains("mosquitto") {
            let result = try measure("mosquitto", scenarios.mosquitto)
            table.add("mosquitto, full speed", result)
            figures.append(Figure("ingest_ratio_mosquitto", result.ratio(\.rate), "ratio"))
        }
        if chosen.contains("steady") {
            let result = try measure("steady", scenarios.steady)
            table.add("mosquitto, 5,000/s", result)
            figures += Self.figures(ofSteady: result)
        }
        if chosen.contains("wire"), subjects.contains(.gateway) {
            Progress.say("wire: 200 sensors through the receiver")
            figures.append(Figure("wire_bytes_per_window", try scenarios.wire(), "bytes"))
        }
        if chosen.contains("core"), subjects.contains(.gateway) {
            figures += try scenarios.core(rounds: rounds)
        }
        if chosen.contains("reaction"), subjects.contains(.gateway) {
            Progress.say("reaction: a fused value back on the broker, 2,000 readings a second")
            figures.append(Figure("reaction_p99_ms", try scenarios.reaction(), "ms"))
        }
        if chosen.contains("series"), subjects.contains(.gateway) { figures += try series() }
        print(table.text)
        for figure in figures { print(figure.line) }
    }

    private static func figures(ofSteady result: Rounds) -> [Figure] {
        [
            Figure("cpu_ratio", result.ratio(\.cpuMicroseconds), "ratio"),
            Figure("cpu_us_per_message", result.median(.gateway, \.cpuMicroseconds), "us"),
            Figure("disk_bytes_per_message", result.median(.gateway, \.bytesWritten), "bytes"),
            Figure("rss_mib", result.median(.gateway, \.peakRSS), "MiB"),
            Figure("rss_anon_mib", result.median(.gateway, \.anonymousRSS), "MiB"),
        ]
    }

    /// 100,000 series beside 1,000, in turn.
    private func series() throws -> [Figure] {
        let counts = [1_000, 100_000]
        var costs: [Int: [Double]] = [:]
        var memory: [Int: Double] = [:]
        for round in 1...rounds {
            for count in counts {
                Progress.say("series, round \(round) of \(rounds): \(count)")
                let measured = try scenarios.series(count)
                Progress.say("  \(measured.cost.short) us a reading")
                costs[count, default: []].append(measured.cost)
                memory[count] = measured.memory
            }
        }
        // The least disturbed of each.
        let (few, many) = (costs[counts[0]]?.min() ?? .nan, costs[counts[1]]?.min() ?? .nan)
        let grown = (memory[counts[1]] ?? .nan) - (memory[counts[0]] ?? .nan)
        return [
            Figure("series_cost_ratio", many / few, "ratio"),
            Figure("series_state_bytes", grown / Double(counts[1] - counts[0]), "bytes"),
        ]
    }

    private func measure(
        _ name: String, _ scenario: (SubjectKind) throws -> Measurement
    ) throws -> Rounds {
        var result = Rounds()
        for round in 1...rounds {
            for kind in subjects {
                Progress.say("\(name), round \(round) of \(rounds): \(kind)")
                let measured = try scenario(kind)
                Progress.say(
                    "  \(Int(measured.rate)) messages/s, \(measured.cpuMicroseconds.short) us each")
                result.add(measured, of: kind)
            }
        }
        return result
    }
}
