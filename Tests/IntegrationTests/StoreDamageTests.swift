import Foundation
import Rig
import Testing

extension OnRealParts {
    /// A store that fails the running gateway.
    @Suite struct StoreDamageTests {
        private func plant() throws -> Plant {
            var configuration = GatewayConfiguration.plant
            configuration.window = 500
            configuration.idle = 1
            configuration.batchAge = "200ms"
            return try Plant(name: "damage", configuration: configuration)
        }

        private func simulate(_ seed: Int, on plant: Plant) throws {
            try plant.simulate(["plant", "--rate", "50", "--readings", "100", "--seed", "\(seed)"])
                .finish(seconds: 30)
        }

        /// All windows closed, and some of them in a batch that can't be sent.
        private func waitUntilAllWaits(_ plant: Plant) throws {
            try plant.gateway.wait(for: "all windows", seconds: 30) {
                $0.broker.messages == 800 && $0.core.openWindows == 0 && $0.outbox.batches > 0
            }
        }

        private func end(_ gateway: Gateway) throws {
            gateway.process.terminate()
            #expect(try gateway.process.wait(seconds: 20) == 0)
        }

        /// The process begins anew in its place, rescues, and works on.
        @Test func damageThatIsMetWhileItRuns() throws {
            let plant = try plant()
            defer { plant.remove() }
            plant.link.cut()
            try simulate(1, on: plant)
            try waitUntilAllWaits(plant)
            // All of it from the log into the file.
            try end(plant.gateway)
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let directory = plant.gateway.configuration.storage
            try StoreTable("batch", in: directory).overwrite(in: "\(directory)/tidegate.sqlite")
            // What is committed empties SQLite's cache.
            let second = try plant.simulate(
                ["plant", "--rate", "50", "--readings", "100", "--seed", "2"])
            #expect(try plant.gateway.beginsAnew(seconds: 20))
            #expect(plant.gateway.logged("starting anew to rescue") == 1)
            try second.finish(seconds: 30)
            let status = try #require(try plant.gateway.status)
            #expect(status.store.trouble == nil)
            #expect(status.store.rescue?.contains("open windows go on") == true)
            try plant.link.restore()
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            let gaps = try GapAccount(plant.receiver.exported("gap"))
            #expect(gaps.causes == ["unreadable"])
            // The batch, and nothing but the batch.
            #expect(comparison.lost > 0 && comparison.duplicated == 0)
            #expect(gaps.uncovered(comparison.differences) == 0, "\(gaps)\n\(plant.logs)")
            try end(plant.gateway)
        }
    }
}
