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
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            let bad: [[UInt8]] = [
                Array("rubbish".utf8), [], [0xff, 0xfe], Array(#"{"ts":1,"value":"hot"}"#.utf8),
                Array(#"{"ts":\#(now),"value":NaN}"#.utf8),
                Array(String(repeating: "[", count: 5_000).utf8),
            ]
            for payload in bad { try device.publish(topic: topic, payload: payload) }
            try device.publish(topic: topic, payload: Array(#"{"ts":\#(now),"value":20.5}"#.utf8))
            device.drain()
            let status = try plant.gateway.wait(for: "all messages", seconds: 20) {
                $0.broker.messages == bad.count + 1 && $0.store.deadLetters == bad.count
            }
            #expect(status.core.undecodable == bad.count)
            try plant.drain(seconds: 30)
            let exported = try String(decoding: plant.receiver.exportedWindows(), as: UTF8.self)
            #expect(exported.contains(#""count":1,"sum":20.5"#))
        }

        /// What the broker's access list is for.
        @Test func aDeviceCannotSpeakForAnother() throws {
            let plant = try Plant(name: "acl")
            defer { plant.remove() }
            let device = try plant.device("tc-1")
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
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
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
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
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
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
