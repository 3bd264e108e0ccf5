import Foundation
import Mosquitto
import Rig
import Testing

extension OnRealParts {
    @Suite struct BadInputTests {
        @Test func rubbishIsCountedKeptAndCostsNothingElse() throws {
            let plant = try Plant(name: "rubbish")
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let topic = "plant/1/tc-1/temperature"
            let now = milliseconds
            let bad: [[UInt8]] =
                [
                    Array("rubbish".utf8), [], [0xff, 0xfe], Array(#"{"ts":1,"value":"hot"}"#.utf8),
                    Array(#"{"ts":\#(now),"value":1,"note":""#.utf8) + [0xff, 0x22, 0x7d],
                    Array(String(repeating: "[", count: 5_000).utf8),
                ]
                + ["NaN", "Infinity", "1e999"].map {
                    Array(#"{"ts":\#(now),"value":\#($0)}"#.utf8)
                }
                // The years 10000 and 1969, and beyond 64 bits.
                + ["253402300800000", "-1", "9223372036854775808"].map {
                    Array(#"{"ts":\#($0),"value":1}"#.utf8)
                }
            for payload in bad { try device.publish(topic: topic, payload: payload) }
            // The first and the last moment that there is, and a good one.
            for (time, value) in [("0", "1970"), ("253402300799999", "9999"), ("\(now)", "20.5")] {
                try device.publish(
                    topic: topic, payload: Array(#"{"ts":\#(time),"value":\#(value)}"#.utf8))
            }
            device.drain()
            let status = try plant.gateway.wait(for: "all messages", seconds: 20) {
                $0.broker.messages == bad.count + 3 && $0.store.deadLetters == bad.count
            }
            #expect(status.core.undecodable == bad.count)
            #expect(status.core.readings == 3)
            try plant.drain(seconds: 30)
            let windows = try String(decoding: plant.receiver.exportedWindows(), as: UTF8.self)
                .split(separator: "\n").filter { $0.contains(#""device":"tc-1""#) }
            #expect(
                windows.contains {
                    $0.contains(#""start":"1970-01-01T00:00:00Z""#)
                        && $0.contains(#""count":1,"sum":1970"#)
                })
            // Far ahead of us: its arrival counts.
            let counts = windows.dropFirst().compactMap { $0.firstMatch(of: /"count":(\d+)/)?.1 }
            #expect(counts.reduce(0) { $0 + (Int($1) ?? 0) } == 2)
            #expect(windows.contains { $0.contains("substituted") })
            #expect(!windows.contains { $0.contains(#""start":"9999"#) })
            #expect(try plant.gateway.status?.gaps["batch_refused"] == 0)
        }

        /// The broker of broker-config takes no packet beyond 64 KiB. This one takes any.
        @Test func aPacketOfAnySizeCostsNothingElse() throws {
            let plant = try Plant(name: "huge", broker: ["max_packet_size": "268435455"])
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let topic = "plant/1/tc-1/temperature"
            let good = Array(#"{"ts":\#(milliseconds),"value":1}"#.utf8)
            try device.publish(topic: topic, payload: good)
            try device.publish(topic: topic, payload: [UInt8](repeating: 49, count: 1 << 20))
            let name = "plant/" + String(repeating: "x", count: 65_535 - 23) + "/tc-1/temperature"
            #expect(name.utf8.count == 65_535)
            try device.publish(topic: name, payload: good)
            try device.publish(topic: topic, payload: [UInt8](repeating: 49, count: 268_000_000))
            try device.publish(topic: topic, payload: good)
            device.drain()
            let status = try plant.gateway.wait(for: "the last one", seconds: 60) {
                $0.core.readings == 2 && $0.gaps["too_large"] == 2
            }
            #expect(status.core.refused == 2)
            #expect(status.broker.connections == 1)
            let peak = plant.gateway.process.peakBytes
            print("huge packets: the gateway's peak is \(peak >> 20) MiB")
            #expect(peak < 256 << 20, "\(peak) bytes")
            // The broker kept the largest to itself, and its number tells.
            #expect(status.broker.dropped == 1)
            let gaps = try plant.gaps("too_large")
            #expect(gaps.contains { $0.contains("1048576 bytes; see 'limits.payload'") })
            #expect(gaps.contains { $0.contains("a topic of 65535 bytes") })
        }

        /// A sensor that makes up a topic for each message.
        @Test func aSensorOfManyTopicsCostsTheOthersNothing() throws {
            var configuration = GatewayConfiguration.plant
            configuration.limits = "{topics: 200, series: 150}"
            configuration.fused = []
            let plant = try Plant(name: "topics", configuration: configuration)
            defer { plant.remove() }
            let (well, ill) = (try plant.device("tc-2"), try plant.device("tc-1"))
            let good = Array(#"{"ts":\#(milliseconds),"value":1}"#.utf8)
            let total = 30_000
            for number in 0..<total {
                if number % 100 == 0 {
                    try well.publish(topic: "plant/1/tc-2/temperature", payload: good)
                    // Its topic is known before the others come.
                    if number == 0 { well.drain() }
                }
                try ill.publish(topic: "plant/x\(number)/tc-1/temperature", payload: good)
            }
            ill.drain()
            well.drain()
            let status = try plant.gateway.wait(for: "all messages", seconds: 60) {
                $0.broker.messages == total + total / 100
            }
            #expect(status.core.topics == 200)
            #expect(status.core.refused == total - 199)
            #expect(plant.gateway.process.peakBytes < 128 << 20)
            try plant.drain(seconds: 60)
            let windows = try String(decoding: plant.receiver.exportedWindows(), as: UTF8.self)
                .split(separator: "\n").filter { $0.contains(#""device":"tc-2""#) }
            let counts = windows.compactMap { $0.firstMatch(of: /"count":(\d+)/)?.1 }
            #expect(counts.reduce(0) { $0 + (Int($1) ?? 0) } == total / 100)
            // The first of them at once, the rest within a minute.
            let lost = try plant.gateway.wait(for: "the gaps", seconds: 30) {
                $0.gaps["topic_limit", default: 0] > 0 && $0.gaps["series_limit"] == 50
            }
            try plant.drain(seconds: 30)
            let audit = try plant.receiver.audit()
            #expect(audit.lost("topic_limit") >= lost.gaps["topic_limit", default: 0])
            #expect(audit.lost("series_limit") == 50)
        }

        /// What the broker's access list is for.
        @Test func aDeviceCannotSpeakForAnother() throws {
            let plant = try Plant(name: "acl")
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let now = milliseconds
            let payload = Array(#"{"ts":\#(now),"value":1}"#.utf8)
            try device.publish(topic: "plant/1/tc-2/temperature", payload: payload)
            try device.publish(topic: "plant/1/tc-1/temperature", payload: payload)
            device.drain()
            try plant.gateway.wait(for: "the one message", seconds: 20) {
                $0.broker.messages == 1
            }
            try plant.drain(seconds: 30)
            let exported = try String(decoding: plant.receiver.exportedWindows(), as: UTF8.self)
            #expect(exported.contains(#""device":"tc-1""#))
            #expect(!exported.contains(#""device":"tc-2""#))
        }

        @Test func aDeviceCannotTakeOverTheGatewaysSession() throws {
            let plant = try Plant(name: "takeover")
            defer { plant.remove() }
            // With the gateway's client id and a clean session, under its own certificate.
            let thief = try plant.device(
                "tc-1", clientID: plant.gateway.configuration.gateway)
            let now = milliseconds
            try thief.publish(
                topic: "plant/1/tc-1/temperature", payload: Array(#"{"ts":\#(now),"value":1}"#.utf8)
            )
            thief.drain()
            let status = try plant.gateway.wait(for: "the message", seconds: 20) {
                $0.broker.messages == 1
            }
            #expect(status.broker.connected)
            #expect(status.broker.connections == 1)
        }

        @Test func retainedMessagesOfBeforeAreNotCounted() throws {
            let plant = try Plant(name: "retained")
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let now = milliseconds
            let payload = Array(#"{"ts":\#(now),"value":1}"#.utf8)
            try device.publish(
                topic: "plant/1/tc-1/temperature", payload: payload, isRetained: true)
            device.drain()
            try plant.gateway.wait(for: "the message", seconds: 20) { $0.broker.messages == 1 }
            // Subscribing again brings it again, marked as retained.
            plant.gateway.process.killAndWait()
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let status = try plant.gateway.wait(for: "the retained one", seconds: 20) {
                $0.broker.retained == 1
            }
            #expect(status.broker.messages == 0)
        }
    }
}
