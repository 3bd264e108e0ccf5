import Foundation
import Rig
import SQLite
import Testing

extension OnRealParts {
    /// A store that fails the running gateway, and one that there is no room to rescue.
    @Suite struct StoreDamageTests {
        private func plant(storage: String = "") throws -> Plant {
            var configuration = GatewayConfiguration.plant
            configuration.storage = storage
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

        /// The store is set aside whole, an empty one goes on; with room again, what waits in
        /// the old one is taken over by hand.
        @Test func aRescueWithoutRoom() throws {
            let workspace = try Workspace(name: "disk")
            defer { workspace.remove() }
            guard let disk = try SmallDisk(mebibytes: 12, named: "disk", in: workspace) else {
                print("skipped: a rescue without room, since this user may not mount")
                return
            }
            defer { disk.remove() }
            let plant = try plant(storage: disk.path)
            defer { plant.remove() }
            let (gateway, file) = (plant.gateway, "\(disk.path)/tidegate.sqlite")
            plant.link.cut()
            try simulate(1, on: plant)
            try waitUntilAllWaits(plant)
            let journal = try StoreTable("journal", in: disk.path)
            try end(gateway)
            let waiting = try fill(file)
            try journal.overwrite(in: file)
            try gateway.restart()
            try plant.waitUntilReady()
            let rescue = try #require(try gateway.status?.store.rescue)
            #expect(rescue.contains(" 0 records rescued"), "\(rescue)")
            #expect(rescue.contains("\(waiting) left there, open windows begin anew"), "\(rescue)")
            try plant.link.restore()
            try simulate(2, on: plant)
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            #expect(comparison.lost == 800 && comparison.duplicated == 0)
            let gaps = try GapAccount(plant.receiver.exported("gap"))
            #expect(gaps.causes.contains("store_set_aside"), "\(gaps)")
            #expect(try plant.receiver.audit().lost("store_set_aside") == waiting)
            #expect(gaps.uncovered(comparison.differences) == 0, "\(gaps)")

            try end(gateway)
            let names = try FileManager.default.contentsOfDirectory(atPath: disk.path)
            let aside = try #require(names.first { $0.contains(".damaged-") && $0.hasSuffix("Z") })
            let old = workspace.path("old.sqlite")
            try FileManager.default.moveItem(atPath: "\(disk.path)/\(aside)", toPath: old)
            let taken = try Command.run(
                Workspace.program("tidegate"), ["store", "rescue", old, "--config", gateway.file])
            #expect(
                String(decoding: taken, as: UTF8.self)
                    == "\(waiting) records taken over, 0 unreadable\n")
            try gateway.restart()
            try plant.waitUntilReady()
            try plant.drain(seconds: 60)
            let whole = try plant.compare()
            #expect(whole.isEqual, "\(whole.differences.prefix(5))\n\(plant.logs)")
        }

        /// More than half of the disk, by what a rescue takes along as it is.
        ///
        /// - Returns: how many records wait to be shipped.
        private func fill(_ file: String) throws -> Int {
            let connection = try Connection(path: file)
            // A log would take the room twice.
            try connection.execute(
                """
                PRAGMA journal_mode = OFF;
                INSERT INTO set_aside (time, what, reason, data)
                VALUES (0, 'batch 1', 'for a test', randomblob(7000000))
                """)
            return Int(
                try connection.integer(
                    """
                    SELECT sum(value) FROM counter
                    WHERE name IN ('outbox_records', 'batch_records')
                    """))
        }
    }
}
