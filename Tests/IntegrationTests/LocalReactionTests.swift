import Foundation
import Mosquitto
import Rig
import Testing

extension OnRealParts {
    /// Fused values and alarms, back on the local broker, and as events at the receiver.
    @Suite struct LocalReactionTests {
        private static let more = """
            alarms:
              - name: hot
                on: {stream: temperature, where: {device: tc-1}}
                above: 80
                deadband: 5
                latch: true
                severity: critical
                publish: "tidegate/{gateway}/alarm/{name}/{device}"
            acknowledge: "tidegate/{gateway}/acknowledge/{alarm}"
            """

        private static var configuration: GatewayConfiguration {
            var configuration = GatewayConfiguration.plant
            configuration.fused = []
            configuration.publisher = "gateway-1-publisher"
            configuration.more =
                more + """

                    fusions:
                      - name: bearing
                        unit: Cel
                        method: mean
                        inputs:
                          - {name: one, stream: temperature, where: {device: tc-1}}
                          - {name: two, stream: temperature, where: {device: tc-2}}
                        window: {size: 2s}
                        aggregates: [count, mean]
                        publish: "tidegate/{gateway}/value/{name}"
                    """
            return configuration
        }

        @Test func whatIsFusedAndWhatIsWrongIsSaidAtOnce() throws {
            let plant = try Plant(name: "reaction", configuration: Self.configuration)
            defer { plant.remove() }
            let listener = try Listener(
                port: plant.broker.port, certificates: plant.certificates, filter: "tidegate/#")
            let devices = try ["tc-1", "tc-2"].map { try plant.device($0) }
            func publish(_ device: Int, _ value: Double) throws {
                try devices[device].publish(
                    topic: "plant/1/tc-\(device + 1)/temperature",
                    payload: Array(#"{"ts":\#(milliseconds),"value":\#(value)}"#.utf8))
                devices[device].drain()
            }
            func hear(_ topic: String, _ parts: String...) throws {
                try listener.listen("\(topic) \(parts)") {
                    listener.heard.contains { heard in
                        heard.topic == topic && parts.allSatisfy(heard.payload.contains)
                    }
                }
            }
            // Neither the receiver nor the store has a say in it.
            plant.receiver.process.killAndWait()
            try publish(0, 60)
            try publish(1, 70)
            try hear(
                "tidegate/gateway-1/value/bearing", #""value":65"#,
                #"{"name":"one","value":60,"weight":0.5,"verdict":"used"}"#)
            try publish(0, 90)
            try hear("tidegate/gateway-1/alarm/hot/tc-1", #""state":"active""#, #""value":90"#)
            try publish(0, 20)
            try hear("tidegate/gateway-1/alarm/hot/tc-1", #""state":"latched""#)
            let status = try plant.gateway.wait(for: "the alarm in the status", seconds: 10) {
                $0.core.alarms == 1
            }
            #expect(status.alarms.map(\.name) == ["hot"])

            // A restart forgets nothing, and says it again.
            plant.gateway.process.killAndWait()
            let before = listener.heard.count
            try plant.gateway.restart()
            try listener.listen("the alarm after a restart") {
                listener.heard.dropFirst(before).contains {
                    $0.topic.contains("/alarm/") && $0.payload.contains("latched")
                }
            }
            try listener.say("seen", on: "tidegate/gateway-1/acknowledge/hot")
            try hear("tidegate/gateway-1/alarm/hot/tc-1", #""state":"cleared""#)

            try plant.receiver.restart()
            let events = try Wait.answer("the events at the receiver", seconds: 60) {
                let lines = String(decoding: try plant.receiver.exported("event"), as: UTF8.self)
                    .split(separator: "\n")
                return lines.count >= 3 ? lines : nil
            }
            #expect(events.map { Self.state($0) } == ["active", "latched", "cleared"])
        }

        private static func state(_ line: Substring) -> String {
            line.firstMatch(of: /"state":"(\w+)"/).map { String($0.1) } ?? "?"
        }
    }
}
