import Foundation
import Rig
import Testing

extension OnRealParts {
    /// A disk that takes nothing stops the acknowledgements, which is said everywhere, and
    /// loses nothing.
    @Suite struct FullDiskTests {
        private func plant(on disk: SmallDisk) throws -> Plant {
            var configuration = GatewayConfiguration.plant
            configuration.storage = disk.path
            return try Plant(name: "full", configuration: configuration)
        }

        private func expectEqual(_ plant: Plant) throws {
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            #expect(comparison.isEqual, "\(comparison.differences.prefix(5))\n\(plant.logs)")
            #expect(comparison.published > 0)
            #expect(try plant.receiver.exported("gap").isEmpty)
            // The broker kept what was not acknowledged, since the session was never given up.
            #expect(plant.gateway.logged("session=new") == 1)
            #expect(plant.gateway.logged("session=kept") > 0)
        }

        @Test func aFullDiskIsWaitedFor() throws {
            let workspace = try Workspace(name: "disk")
            defer { workspace.remove() }
            guard let disk = try SmallDisk(mebibytes: 2, named: "disk", in: workspace) else {
                print("skipped: a full disk, since this user may not mount a file system")
                return
            }
            defer { disk.remove() }
            let plant = try plant(on: disk)
            defer { plant.remove() }
            try plant.simulate(["plant", "--rate", "50", "--readings", "50"]).finish(seconds: 30)
            try disk.fill()
            let second = try plant.simulate(
                ["plant", "--rate", "50", "--readings", "300", "--seed", "2"])
            try plant.gateway.wait(for: "the store's trouble", seconds: 30) {
                $0.store.trouble != nil
            }
            let hidden = try plant.gateway.placesThatHide("the disk is full")
            #expect(hidden.isEmpty)
            try disk.makeRoom()
            try plant.gateway.wait(for: "the store to go on", seconds: 60) {
                $0.store.trouble == nil && $0.broker.connected
            }
            #expect(plant.gateway.logged("the store takes commits again") == 1)
            try second.finish(seconds: 60)
            try expectEqual(plant)
        }

        /// What ext4 does when it finds an error. It can be mended only when nothing is open
        /// on it, so the gateway must be there to be stopped.
        @Test func aFileSystemThatWentReadOnlyIsSaidAndLosesNothing() throws {
            let workspace = try Workspace(name: "disk")
            defer { workspace.remove() }
            let disk = try SmallDisk(
                imageIn: workspace.directory("images"), mebibytes: 32, errors: "remount-ro",
                named: "disk", in: workspace)
            guard let disk else {
                print("skipped: a read-only disk, since this user may not mount a file system")
                return
            }
            defer { disk.remove() }
            let plant = try plant(on: disk)
            defer { plant.remove() }
            let simulation = try plant.simulate(["plant", "--rate", "50", "--readings", "200"])
            try plant.gateway.wait(for: "messages", seconds: 20) { $0.broker.messages > 100 }
            try disk.breakDown()
            try plant.gateway.wait(for: "the store's trouble", seconds: 30) {
                $0.store.trouble != nil
            }
            let hidden = try plant.gateway.placesThatHide("disk I/O error")
            #expect(hidden.isEmpty)
            plant.gateway.process.terminate()
            #expect(try plant.gateway.process.wait(seconds: 20) == 0)
            try disk.repair()
            try plant.gateway.restart()
            try plant.waitUntilReady()
            try simulation.finish(seconds: 60)
            try expectEqual(plant)
        }
    }
}
