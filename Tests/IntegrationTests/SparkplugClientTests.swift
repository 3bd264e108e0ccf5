import Foundation
import Rig
import SQLite
import Testing

extension OnRealParts {
    /// Sparkplug B as it is spoken by clients that are not ours.
    @Suite struct SparkplugClientTests {
        private static var configuration: GatewayConfiguration {
            var configuration = GatewayConfiguration(
                streams: [.init(recognising: "hall", topic: "spBv1.0/#")])
            configuration.publisher = "gateway-1-publisher"
            return configuration
        }

        /// Dies and comes again in the midst of its stream, and so does the gateway.
        ///
        /// - Parameter answers: whether it sends its births again when it is asked to.
        @Test(arguments: [(PythonClient.tahu, true), (.pysparkplug, false)])
        private func clientAndGatewayComeAgain(client: PythonClient, answers: Bool) throws {
            if let reason = try client.prepare() {
                print("skipped: \(client.name), which PyPI did not give: \(reason)")
                return
            }
            let plant = try Plant(
                name: client.name, configuration: Self.configuration, devices: ["node-1"])
            defer { plant.remove() }

            // SIGKILL: the broker publishes its will, an NDEATH.
            let killed = try client.run(device: "press-1", from: 1, in: plant)
            try killed.wait(for: "some values") { try killed.lastValue ?? 0 >= 100 }
            killed.process.killAndWait()
            let last = try #require(try killed.lastValue)

            let met = try client.run(device: "press-2", from: 1, in: plant)
            try met.wait(for: "some values") { try met.lastValue ?? 0 >= 50 }
            plant.gateway.process.killAndWait()
            let before = try #require(try met.lastValue)
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let after = try #require(try met.lastValue)
            try met.wait(for: "values for the gateway's second life") {
                try met.lastValue ?? 0 >= after + 50
            }
            if answers {
                try met.wait(for: "its births, asked for") { try met.told.contains("rebirth") }
            }
            met.process.killAndWait()
            let end = try #require(try met.lastValue)

            let whole = try client.run(device: "press-3", from: 1, count: 80, in: plant)
            try Wait.until("all values at the receiver", seconds: 60) {
                try readings(at: plant, of: "press-3").count >= 80
            }
            whole.process.killAndWait()
            try plant.drain(seconds: 60)

            // All that was on the wire: the last one may not have been.
            let first = try readings(at: plant, of: "press-1")
            #expect((last - 1...last).contains(first.count))
            #expect(first.sum == first.count * (first.count + 1) / 2)
            // At QoS 0 what came while the gateway was away is lost, and what it had not
            // committed; nothing else, since it still knows the births.
            let second = try readings(at: plant, of: "press-2")
            #expect(second.min == 1)
            #expect((end - 1...end).contains(second.max))
            let uncommitted = 20
            let least = before - 1 - uncommitted + (end - 1 - after)
            #expect((least...end).contains(second.count))
            let third = try readings(at: plant, of: "press-3")
            #expect(third.count == 80)
            #expect(third.sum == 80 * 81 / 2)
            let store = try Connection(
                path: "\(plant.gateway.configuration.storage)/tidegate.sqlite", readOnly: true)
            func complaints(_ pattern: String) throws -> Int64 {
                try store.integer(
                    "SELECT count(*) FROM dead_letter WHERE reason LIKE '\(pattern)'")
            }
            #expect(try complaints("sequence gap%") == 1)
            #expect(try complaints("no birth%") == 0)
            #expect(try complaints("%alias%") == 0)
        }

        private struct Window: Decodable {
            let field: String
            let labels: [String: String]
            let count, sum, min, max: Int
        }

        private struct Readings {
            var count = 0
            var sum = 0
            var min = Int.max
            var max = 0
        }

        private func readings(at plant: Plant, of device: String) throws -> Readings {
            let labels = ["group": "plant", "node": "node-1", "device": device]
            return try plant.receiver.exportedWindows().split(separator: UInt8(ascii: "\n"))
                .map { try JSONDecoder().decode(Window.self, from: Data($0)) }
                .filter { $0.labels == labels && $0.field == "hall/pressure" }
                .reduce(into: Readings()) { readings, window in
                    readings.count += window.count
                    readings.sum += window.sum
                    readings.min = Swift.min(readings.min, window.min)
                    readings.max = Swift.max(readings.max, window.max)
                }
        }
    }
}
