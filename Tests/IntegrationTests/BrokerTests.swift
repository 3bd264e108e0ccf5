import Foundation
import Mosquitto
import Rig
import Testing

extension OnRealParts {
    /// What the broker keeps for the gateway, and what it loses.
    @Suite struct BrokerTests {
        @Test func topicsThatLeftTheConfigurationAreUnsubscribed() throws {
            let plant = try Plant(name: "topics")
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            func publish(_ quantity: String) throws {
                try device.publish(
                    topic: "plant/1/tc-1/\(quantity)",
                    payload: Array(#"{"ts":\#(milliseconds),"value":1}"#.utf8))
                device.drain()
            }
            try publish("pressure")
            try plant.gateway.wait(for: "the old topic", seconds: 20) { $0.core.readings == 1 }
            plant.gateway.process.terminate()
            try plant.gateway.process.wait(seconds: 10)
            // Queued under the old configuration, met by the new one.
            try publish("pressure")

            var configuration = plant.gateway.configuration
            configuration.streams.removeAll { $0.name == "pressure" }
            configuration.streams.append(
                .init(name: "humidity", topic: "plant/{line}/{device}/humidity", unit: "1"))
            try configuration.yaml(plant.certificates).write(
                toFile: plant.gateway.file, atomically: true, encoding: .utf8)
            try plant.gateway.restart()
            try plant.waitUntilReady()
            try plant.gateway.wait(for: "what was queued", seconds: 20) {
                $0.core.undecodable == 1
            }
            let log = try Wait.answer("the broker's word", seconds: 20) {
                let log = try String(contentsOfFile: plant.gateway.process.log, encoding: .utf8)
                return log.contains("no longer delivers") ? log : nil
            }
            #expect(log.contains("plant/+/+/pressure"))
            #expect(log.contains("session=kept"))

            // The old one first: it would be there before the new one.
            for quantity in ["pressure", "humidity", "temperature"] { try publish(quantity) }
            let status = try plant.gateway.wait(for: "the new topic", seconds: 20) {
                $0.core.readings == 2
            }
            #expect(status.broker.messages == 3)
            #expect(status.core.undecodable == 1)
            #expect(status.broker.sessionsLost == 0)
            let gap = try #require(try plant.gaps("undecodable").first)
            #expect(gap.contains("plant/1/tc-1/pressure"))
            #expect(gap.contains("before it left the configuration"))
        }

        /// mosquitto 2.0 does not give back the places in flight of messages that it drops
        /// because they are too large for the gateway: at the last one it falls silent.
        @Test func aBrokerThatFellSilentIsConnectedAnew() throws {
            var configuration = GatewayConfiguration.plant
            // Places for 20 messages, of at most 132 KiB.
            configuration.commit = "{messages: 10}"
            configuration.limits = "{payload: 1KiB}"
            let plant = try Plant(
                name: "silent", configuration: configuration,
                broker: ["max_packet_size": "1000000"])
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let good = Array(#"{"ts":\#(milliseconds),"value":1}"#.utf8)
            let large = [UInt8](repeating: 49, count: 200_000)
            func publish(_ payloads: [[UInt8]]) throws {
                for payload in payloads {
                    try device.publish(topic: "plant/1/tc-1/temperature", payload: payload)
                }
                device.drain()
            }
            try publish([good, large, good])
            try plant.gateway.wait(for: "the first ones", seconds: 20) { $0.broker.messages == 2 }
            // With an acknowledgement still on its way the broker would go on after it.
            usleep(1_000_000)
            try publish(Array(repeating: large, count: 30) + [good])
            let status = try plant.gateway.wait(for: "the last one", seconds: 180) {
                $0.broker.messages == 3
            }
            #expect(status.broker.connections == 2)
            #expect(status.broker.dropped == 31)
            #expect(status.broker.sessionsLost == 0)
        }

        @Test func aSessionThatTheBrokerLostLeavesAGap() throws {
            var configuration = GatewayConfiguration.plant
            configuration.fused = []
            let plant = try Plant(name: "session", configuration: configuration)
            defer { plant.remove() }
            try plant.simulate(["plant", "--rate", "50", "--readings", "20"]).finish(seconds: 30)
            try plant.drain(seconds: 30)
            plant.gateway.process.terminate()
            try plant.gateway.process.wait(seconds: 10)
            _ = try plant.simulate(["plant", "--rate", "50", "--readings", "5", "--seed", "2"])
                .process.wait(seconds: 30)
            plant.broker.process.terminate()
            try plant.broker.process.wait(seconds: 10)
            try FileManager.default.removeItem(
                atPath: plant.workspace.path("broker/mosquitto.db"))
            try plant.broker.restart()
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let gap = try #require(try plant.gaps("session_lost").first)
            #expect(gap.contains(#""count":1"#), "\(gap)")
            let status = try #require(try plant.gateway.status)
            #expect(status.broker.sessionsLost == 1)
            #expect(status.gaps["session_lost"] == 1)
            #expect(try plant.receiver.audit().lost("session_lost") == 1)
            // It outlives the process.
            plant.gateway.process.killAndWait()
            let text = String(
                decoding: try Command.run(
                    "/bin/sh",
                    [
                        "-c",
                        "\(try Workspace.program("tidegate")) status --config "
                            + "\(plant.gateway.file) || true",
                    ]), as: UTF8.self)
            #expect(text.contains("session_lost 1; since this store began"), "\(text)")
        }
    }
}
