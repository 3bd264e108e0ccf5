import Foundation
import Rig
import Testing

extension OnRealParts {
    @Suite struct FullDiskTests {
        /// A small file system of its own; `nil` where this user may not mount one.
        private static func mount(_ workspace: Workspace) throws -> String? {
            let folder = try workspace.directory("disk")
            do {
                try Command.run("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder])
                return folder
            } catch {
                return nil
            }
        }

        @Test func aFullDiskStopsTheAcknowledgementsAndLosesNothing() throws {
            let workspace = try Workspace(name: "disk")
            defer { workspace.remove() }
            guard let disk = try Self.mount(workspace) else {
                print("skipped: a full disk, since this user may not mount a file system")
                return
            }
            defer { _ = try? Command.run("/bin/umount", ["-l", disk]) }
            var configuration = GatewayConfiguration.plant
            configuration.storage = disk
            let plant = try Plant(name: "full", configuration: configuration)
            defer { plant.remove() }
            try plant.simulate(["plant", "--rate", "50", "--readings", "50"]).finish(seconds: 30)

            let filler = "\(disk)/filler"
            try Self.fill(filler)
            let second = try plant.simulate(
                ["plant", "--rate", "50", "--readings", "300", "--seed", "2"])
            let full = try plant.gateway.wait(for: "the store's trouble", seconds: 30) {
                $0.store.trouble != nil
            }
            #expect(full.store.trouble?.contains("the disk is full") == true)
            let health = HTTP.get("/healthz", port: plant.gateway.configuration.consolePort)
            #expect(health?.status == 503)

            try FileManager.default.removeItem(atPath: filler)
            try plant.gateway.wait(for: "the store to go on", seconds: 60) {
                $0.store.trouble == nil && $0.broker.connected
            }
            try second.finish(seconds: 60)
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            #expect(comparison.isEqual, "\(comparison.differences.prefix(5))\n\(plant.logs)")
        }

        /// Writes until there is no room left.
        private static func fill(_ path: String) throws {
            try Data().write(to: URL(filePath: path))
            let file = try #require(FileHandle(forWritingAtPath: path))
            defer { try? file.close() }
            for size in [65_536, 4_096, 512, 1] {
                while (try? file.write(contentsOf: Data(count: size))) != nil {}
            }
        }
    }
}
