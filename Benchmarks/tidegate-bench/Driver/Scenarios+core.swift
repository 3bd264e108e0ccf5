internal import Foundation
internal import Rig

/// What the core costs: local reaction, and many series.
extension Scenarios {
    /// From a sensor's publish to the fused value at another client, behind mosquitto at 2,000
    /// readings a second: the 99th percentile, in milliseconds.
    func reaction() throws -> Double {
        try inWorkspace { workspace in
            let broker = try mosquitto(in: workspace)
            defer { broker.process.killAndWait() }
            var settings = Settings()
            settings.isReacting = true
            let gateway = try Gateway(
                brokerPort: broker.port, settings: settings, certificates: certificates,
                in: workspace)
            try gateway.waitUntilSubscribed()
            let probe = try ReactionProbe(port: broker.port, certificates: certificates)
            let seconds = isQuick ? 3.0 : 15
            try probe.run(rate: 2_000, seconds: seconds)
            // The first second is that of caches and connections.
            let sorted = probe.latencies.dropFirst(1_000).sorted()
            guard Double(sorted.count) > 900 * (seconds - 1) else {
                throw BenchError("only \(sorted.count) fused values came back")
            }
            return sorted[sorted.count * 99 / 100]
        }
    }

    /// The core by itself, with 1,000 series and with 100,000; the least disturbed rounds.
    func core(rounds: Int) throws -> [Figure] {
        var least: [Int: Double] = [:]
        for round in 1...rounds {
            for count in [1_000, 100_000] {
                Progress.say("core, round \(round) of \(rounds): \(count) series")
                var core = try CoreCost(series: count)
                // Each series is met before the measurement.
                _ = core.run(messages: 200_000)
                let cost = core.run(messages: scaled(2_000_000))
                Progress.say("  \(cost.short) ns a message")
                least[count] = min(least[count] ?? .infinity, cost)
            }
        }
        Progress.say("decoding: a payload of 100 bytes")
        return least.sorted { $0.key < $1.key }.map {
            Figure("core_ns_\($0.key)_series", $0.value, "ns")
        } + [
            Figure("json_scan_ns", try DecodingCost.scan(), "ns"),
            Figure("decode_ns", try DecodingCost.decode(), "ns"),
            Figure("json_decoder_ns", try DecodingCost.jsonDecoder(), "ns"),
        ]
    }

    /// CPU microseconds a reading, and anonymous memory in bytes, with so many series that all
    /// have spoken before.
    func series(_ count: Int) throws -> (cost: Double, memory: Double) {
        let messages = scaled(2_000_000)
        return try inWorkspace { workspace in
            let (broker, port) = try floodBroker(
                ["--messages", "\(messages)", "--sensors", "\(count)", "--event-rate", "1"],
                in: workspace)
            let gateway = try Gateway(
                brokerPort: port, certificates: certificates, in: workspace)
            _ = try flow(from: broker, to: gateway)
            let first = try gateway.received(atLeast: messages / 4)
            let before = try ProcessFigures(of: gateway.process)
            _ = try finish(of: broker, messages: messages)
            let last = try gateway.received(atLeast: messages)
            let after = try ProcessFigures(of: gateway.process)
            return (
                (after.cpu - before.cpu) * 1e6 / Double(last - first),
                after.anonymousRSS * 1_048_576
            )
        }
    }
}
