import Foundation
import Mosquitto
import Rig
import Testing

extension OnRealParts {
    /// Of a plant that nobody knows: `tidegate learn`, and a gateway that runs what it wrote.
    @Suite struct LearnTests {
        private static var configuration: GatewayConfiguration {
            var configuration = GatewayConfiguration.plant
            configuration.fused = []
            // There is an operator then.
            configuration.publisher = "gateway-1-publisher"
            return configuration
        }

        @Test func whatWasLearnedRuns() throws {
            let plant = try Plant(
                name: "learn", configuration: Self.configuration, devices: ["panel-1", "meter-1"])
            defer { plant.remove() }
            let (panel, meter) = (try plant.device("panel-1"), try plant.device("meter-1"))
            func publish() throws {
                let climate =
                    #"{"ts":\#(milliseconds),"temperature":21.5,"air":{"humidity":"45 %"}}"#
                try panel.publish(topic: "plant/1/panel-1/climate", payload: Array(climate.utf8))
                try meter.publish(topic: "plant/1/meter-1/power", payload: Array("1450.5".utf8))
                for device in [panel, meter] { device.drain() }
            }
            let learned = plant.workspace.path("learned.yaml")
            let learning = try ChildProcess(
                Workspace.program("tidegate"),
                [
                    "learn", "--broker", "localhost:\(plant.broker.port)", "--certificates",
                    plant.certificates.directory, "--topic", "plant/#", "--duration", "3s",
                ], log: plant.workspace.path("learn.log"), output: learned)
            try Wait.until("tidegate learn to end", seconds: 60) {
                try publish()
                return !learning.isRunning
            }
            let streams = try String(contentsOfFile: learned, encoding: .utf8)
            #expect(learning.poll() == 0, "\(learning.tail())")
            #expect(streams.contains("temperature: 21.5 to 21.5, unit °C"), "\(streams)")

            plant.gateway.process.killAndWait()
            let file = plant.gateway.file
            let before = try String(contentsOfFile: file, encoding: .utf8)
            let begin = try #require(before.range(of: "streams:\n")).lowerBound
            let end = try #require(before.range(of: "uplink:\n")).lowerBound
            let text = before[..<begin] + streams.replacing("1m", with: "1s") + before[end...]
            try String(text).write(toFile: file, atomically: true, encoding: .utf8)
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let wanted = ["temperature Cel 21.5", "air.humidity % 45", "power  1450.5"]
            try Wait.until("windows of what was learned", seconds: 60) {
                try publish()
                let exported = try windows(at: plant)
                return wanted.allSatisfy(exported.contains)
            }
            #expect(plant.gateway.logged("error") == 0)
        }

        private struct Window: Decodable {
            let field, unit: String
            let last: Double
        }

        private func windows(at plant: Plant) throws -> Set<String> {
            Set(
                try plant.receiver.exportedWindows().split(separator: UInt8(ascii: "\n")).map {
                    let window = try JSONDecoder().decode(Window.self, from: Data($0))
                    let last = window.last.formatted(.number.grouping(.never))
                    return "\(window.field) \(window.unit) \(last)"
                })
        }
    }
}
