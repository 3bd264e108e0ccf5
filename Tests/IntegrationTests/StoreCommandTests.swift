import Foundation
import Rig
import SQLite
import Testing

extension OnRealParts {
    /// `tidegate store`, as the person who holds the disk runs it.
    @Suite struct StoreCommandTests {
        private func store(_ arguments: String...) throws -> Command.Outcome {
            try Command.outcome(of: Workspace.program("tidegate"), ["store"] + arguments)
        }

        /// A gateway that is offline, with all it heard in closed windows.
        private func offlinePlant() throws -> Plant {
            var configuration = GatewayConfiguration.plant
            configuration.window = 500
            configuration.idle = 1
            // Sealed before the last windows close, so that some are in a batch and some in none.
            configuration.batchAge = "200ms"
            let plant = try Plant(name: "store", configuration: configuration)
            plant.link.cut()
            try plant.simulate(["plant", "--rate", "50", "--readings", "100"]).finish(seconds: 30)
            try plant.gateway.wait(for: "all windows", seconds: 30) {
                $0.broker.messages == 800 && $0.core.openWindows == 0 && $0.outbox.batches > 0
            }
            return plant
        }

        private func windows(_ export: Command.Outcome) -> Data {
            let lines = export.output.split(separator: UInt8(ascii: "\n")).filter {
                String(decoding: $0, as: UTF8.self).contains(#""kind":"window""#)
            }
            return Data(lines.joined(separator: [UInt8(ascii: "\n")]))
        }

        private func compare(_ export: Command.Outcome, on plant: Plant) throws -> Comparison {
            try Comparison(
                truth: plant.truth(), exported: windows(export),
                configuration: plant.gateway.configuration)
        }

        @Test func aStoreIsVerifiedExportedAndTakenOver() throws {
            let plant = try offlinePlant()
            defer { plant.remove() }
            let (gateway, files) = (plant.gateway, FileManager.default)
            let directory = gateway.configuration.storage
            // Beside the gateway two may look, and the third may not.
            let verified = try store("verify", directory)
            #expect(verified.code == 0 && verified.text.hasSuffix("\nsound\n"), "\(verified)")
            let exported = try compare(store("export", directory), on: plant)
            #expect(exported.published == 800)
            #expect(exported.isEqual, "\(exported.differences.prefix(5))")
            let refused = try store("rescue", directory, "--config", gateway.file)
            #expect(refused.code == 1)
            #expect(refused.complaints.contains("another gateway runs on this store"))
            let batches = try StoreTable("batch", in: directory)
            gateway.process.terminate()
            #expect(try gateway.process.wait(seconds: 20) == 0)

            try expectDamageToBeTold(of: directory, batches, on: plant)
            try expectSetAsideToBeExported(from: directory)

            // The box died, and this is its disk.
            let old = plant.workspace.path("old")
            try files.moveItem(atPath: directory, toPath: old)
            try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let first = try store("rescue", old, "--config", gateway.file)
            #expect(first.code == 0, "\(first)")
            #expect(first.text.hasSuffix(" records taken over, 0 unreadable\n"), "\(first)")
            let second = try store("rescue", old, "--config", gateway.file)
            #expect(second.code == 0 && second.output == first.output, "\(second)")
            try gateway.restart()
            try plant.waitUntilReady()
            try plant.link.restore()
            try plant.drain(seconds: 60)
            let comparison = try plant.compare()
            #expect(comparison.isEqual, "\(comparison.differences.prefix(5))\n\(plant.logs)")
        }

        /// Of a copy without its batches.
        private func expectDamageToBeTold(
            of directory: String, _ batches: StoreTable, on plant: Plant
        ) throws {
            let copy = plant.workspace.path("copy.sqlite")
            try FileManager.default.copyItem(
                atPath: "\(directory)/tidegate.sqlite", toPath: copy)
            try batches.overwrite(in: copy)
            let verified = try store("verify", copy)
            #expect(verified.code == 1)
            #expect(verified.text.contains("FAULT batch: some rows can't be read"), "\(verified)")
            let export = try store("export", copy)
            #expect(export.code == 1)
            #expect(export.complaints.contains("some rows can't be read"), "\(export)")
            let rest = try compare(export, on: plant)
            #expect(rest.counted > 0 && rest.lost > 0 && rest.counted + rest.lost == 800)
            let nothing = try store("verify", plant.gateway.file)
            #expect(nothing.code == 1)
            #expect(nothing.complaints.contains("no store that can be read"), "\(nothing)")
        }

        private func expectSetAsideToBeExported(from directory: String) throws {
            let nothing = try store("export", "--set-aside", directory)
            #expect(nothing.code == 0 && nothing.output.isEmpty)
            let waiting = try store("export", directory)
            let connection = try Connection(path: "\(directory)/tidegate.sqlite")
            try connection.execute(
                """
                INSERT INTO set_aside (time, what, reason, data)
                SELECT 0, 'batch ' || number, 'for a test', data FROM batch
                """)
            let export = try store("export", "--set-aside", directory)
            #expect(export.code == 0)
            // The batches stand before what is in none.
            #expect(!export.output.isEmpty && waiting.output.starts(with: export.output))
        }
    }
}
