import Foundation
import Rig
import Testing

extension OnRealParts {
    /// Invariants 1 and 2 on real parts: whatever dies, each reading counts once.
    @Suite struct FaultTests {
        private func expectEqual(_ plant: Plant) throws {
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            #expect(comparison.isEqual, "\(comparison.differences.prefix(5))\n\(plant.logs)")
            #expect(comparison.published > 0)
            #expect(comparison.published == comparison.counted)
            // Nothing is reported that did not happen.
            // (The broker may hand over one device's second reading before another's first.)
            let gaps = String(decoding: try plant.receiver.exported("gap"), as: UTF8.self)
                .split(separator: "\n").filter { !$0.contains(#""below_quorum""#) }
            #expect(gaps.isEmpty, "\(gaps)")
        }

        /// The next one that the receiver takes.
        private func waitForABatch(_ plant: Plant) throws {
            let accepted = try plant.gateway.status?.uplink.accepted ?? 0
            try plant.gateway.wait(for: "a batch to be accepted", seconds: 20) {
                $0.uplink.accepted > accepted
            }
        }

        @Test func theGatewayIsKilledAgainAndAgain() throws {
            let plant = try Plant(name: "kills")
            defer { plant.remove() }
            let simulation = try plant.simulate(["plant", "--rate", "100", "--readings", "1200"])
            for kill in 0..<6 {
                // Somewhere in the flow, never at the same place.
                let before = try plant.gateway.status?.broker.messages ?? 0
                try plant.gateway.wait(for: "messages", seconds: 20) {
                    $0.broker.messages > before + 150 + kill * 97
                }
                plant.gateway.process.killAndWait()
                try plant.gateway.restart()
                try plant.waitUntilReady()
            }
            try simulation.finish(seconds: 60)
            try expectEqual(plant)
        }

        @Test func theLinkIsCutWhileBatchesAreOnTheirWay() throws {
            let plant = try Plant(name: "cuts")
            defer { plant.remove() }
            let simulation = try plant.simulate(["plant", "--rate", "20", "--readings", "200"])
            for _ in 0..<3 {
                try waitForABatch(plant)
                plant.link.cut()
                try plant.gateway.wait(for: "batches to wait", seconds: 20) {
                    $0.outbox.batches > 0
                }
                try plant.link.restore()
            }
            try simulation.finish(seconds: 60)
            try expectEqual(plant)
        }

        @Test func theReceiverIsKilledAgainAndAgain() throws {
            let plant = try Plant(name: "receiver")
            defer { plant.remove() }
            let simulation = try plant.simulate(["plant", "--rate", "20", "--readings", "200"])
            for _ in 0..<3 {
                try waitForABatch(plant)
                plant.receiver.process.killAndWait()
                try plant.receiver.restart()
            }
            try simulation.finish(seconds: 60)
            try expectEqual(plant)
            let audit = try plant.receiver.audit()
            #expect(audit.epochs.count == 1)
            #expect(audit.epochs.allSatisfy { $0.conflicts == 0 })
        }

        @Test func bothEndsAreKilledAtOnce() throws {
            var configuration = GatewayConfiguration.plant
            configuration.window = 500
            let plant = try Plant(name: "both", configuration: configuration)
            defer { plant.remove() }
            let simulation = try plant.simulate(["plant", "--rate", "50", "--readings", "250"])
            for _ in 0..<2 {
                try waitForABatch(plant)
                // The signals first: neither end sees the other one's.
                plant.gateway.process.kill()
                plant.receiver.process.kill()
                plant.gateway.process.killAndWait()
                plant.receiver.process.killAndWait()
                // Died again while it starts.
                try plant.gateway.restart()
                try plant.receiver.launch()
                plant.gateway.process.killAndWait()
                plant.receiver.process.killAndWait()
                try plant.gateway.restart()
                try plant.receiver.restart()
                try plant.waitUntilReady()
            }
            try simulation.finish(seconds: 60)
            try expectEqual(plant)
            let audit = try plant.receiver.audit()
            #expect(audit.epochs.count == 1)
            #expect(audit.epochs.allSatisfy { $0.conflicts == 0 })
        }

        /// Invariant 3: what the broker's queue has no room for is counted to the message.
        @Test func whatTheBrokerDropsLeavesAGap() throws {
            let plant = try Plant(
                name: "dropped",
                broker: ["max_queued_messages": "100", "max_inflight_messages": "50"])
            defer { plant.remove() }
            try plant.simulate(["plant", "--rate", "50", "--readings", "20"]).finish(seconds: 30)
            try plant.drain(seconds: 30)
            plant.gateway.process.terminate()
            try plant.gateway.process.wait(seconds: 10)
            _ = try plant.simulate(["plant", "--rate", "50", "--readings", "100", "--seed", "2"])
                .process.wait(seconds: 30)
            try plant.gateway.restart()
            try plant.waitUntilReady()
            // One more of each sensor shows what is missing before it.
            try plant.simulate(["plant", "--rate", "50", "--readings", "1", "--seed", "3"])
                .finish(seconds: 30)
            try plant.drain(seconds: 90)
            let comparison = try plant.compare()
            let dropped = try Wait.answer("the gap record", seconds: 90) { () -> Int? in
                let gaps = String(decoding: try plant.receiver.exported("gap"), as: UTF8.self)
                return gaps.split(separator: "\n").first { $0.contains("broker_dropped") }
                    .flatMap { line in line.firstMatch(of: /"count":(\d+)/) }
                    .flatMap { Int($0.1) }
            }
            #expect(dropped > 0)
            #expect(comparison.published == comparison.counted + dropped)
        }

        /// With SIGTERM mosquitto writes down its sessions; what a crash of it can lose is in
        /// docs/operations.md.
        @Test func theBrokerIsStoppedAndStarted() throws {
            let plant = try Plant(name: "broker")
            defer { plant.remove() }
            let first = try plant.simulate(["plant", "--rate", "50", "--readings", "150"])
            try plant.gateway.wait(for: "messages", seconds: 20) { $0.broker.messages > 100 }
            try first.finish(seconds: 60)
            plant.broker.process.terminate()
            try plant.broker.process.wait(seconds: 10)
            try plant.gateway.wait(for: "the gateway to notice", seconds: 20) {
                !$0.broker.connected
            }
            try plant.broker.restart()
            try plant.waitUntilReady()
            try plant.simulate(["plant", "--rate", "50", "--readings", "50", "--seed", "2"])
                .finish(seconds: 60)
            try expectEqual(plant)
        }
    }
}

/// One plant at a time: each starts four processes on two cores.
@Suite(.serialized) struct OnRealParts {}
