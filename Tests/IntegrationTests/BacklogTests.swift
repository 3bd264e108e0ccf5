import Foundation
import Rig
import Testing

extension OnRealParts {
    /// Invariant 5: a start reads as much, and takes as much memory, with a full outbox as with
    /// an empty one.
    @Suite struct BacklogTests {
        private struct Start {
            let bytesRead: Int
            let anonymousBytes: Int
        }

        private func start(_ plant: Plant) throws -> Start {
            try plant.gateway.restart()
            try plant.waitUntilReady()
            let process = plant.gateway.process
            let start = Start(
                bytesRead: process.bytesRead, anonymousBytes: process.anonymousBytes)
            process.terminate()
            try process.wait(seconds: 20)
            return start
        }

        @Test func aFullOutboxCostsNothingAtTheStart() throws {
            let plant = try Plant(name: "backlog")
            defer { plant.remove() }
            plant.link.cut()
            try plant.simulate(["plant", "--rate", "100", "--readings", "500"]).finish(seconds: 30)
            try plant.gateway.wait(for: "all windows", seconds: 30) {
                $0.broker.messages == 4_000 && $0.core.openWindows == 0
            }
            plant.gateway.process.terminate()
            try plant.gateway.process.wait(seconds: 20)
            let empty = try start(plant)
            let bytes = 200_000_000
            try Backlog.grow(in: plant.gateway.configuration.storage, to: bytes)
            let full = try start(plant)
            let slack = 4_000_000
            #expect(empty.bytesRead > 0 && empty.anonymousBytes > 0)
            #expect(full.bytesRead < empty.bytesRead + slack)
            #expect(full.anonymousBytes < empty.anonymousBytes + slack)
        }
    }
}
