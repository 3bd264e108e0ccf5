import Core
import SQLite
import Store
import Testing

@testable import Gateway

/// `tidegate store rescue`, as a person calls it.
@Suite struct HandRescueTests {
    private func add(
        to scene: RescueScene, from file: String, at second: Int64 = RescueScene.half
    ) throws -> RescueReport {
        try StoreRescue(
            directory: scene.directory, gateway: "gateway-1", machine: "this",
            now: IngestScene.time(second)
        ).add(from: file)
    }

    /// The witness alone knows that there was a store: a rescue into a new one would hide it.
    @Test(arguments: [false, true])
    func theLossOfTheOwnStoreIsNotHidden(logAlone: Bool) async throws {
        let other = try RescueScene()
        let scene = try RescueScene(closing: !logAlone)
        if logAlone { try scene.removeLog() } else { try scene.truncate(to: nil) }
        do {
            _ = try add(to: scene, from: other.file)
            Issue.record("went on")
        } catch {
            #expect("\(error)".contains("start the gateway once first"))
        }
        let outcome = try await scene.goOn()
        #expect(outcome.reports.map(\.damage) == [logAlone ? .logMissing : .fileMissing])
        #expect(outcome.gaps.map(\.cause).contains(.storeSetAside))
        // It has started; now it may.
        #expect(try add(to: scene, from: other.file).rescued == other.waiting)
    }

    /// Once today and once tomorrow: the same batches, and of the block nothing in them.
    @Test func rescuedTwiceWithABlockThatCanNotBeRead() async throws {
        let other = try RescueScene()
        try other.run("UPDATE outbox SET data = x'00' WHERE number = 2")
        let scene = try RescueScene()
        let own = scene.waiting
        var batches: [[[UInt8]]] = []
        for second in [RescueScene.half, RescueScene.half + 86_400] {
            _ = try add(to: scene, from: other.file, at: second)
            let outbox = try OutboxStore(directory: scene.directory, gateway: "gateway-1")
            var found: [[UInt8]] = []
            while let batch = try await outbox.batch(after: 0) {
                found.append(batch.bytes)
                try await outbox.confirm(batch.number)
            }
            batches.append(found)
        }
        #expect(!batches[0].isEmpty)
        #expect(batches[0] == batches[1])
        // It is said in the gateway's own outbox, each time.
        let outbox = try OutboxStore(directory: scene.directory, gateway: "gateway-1")
        #expect(try await outbox.figures().records > Int64(own))
        #expect(try await outbox.figures().gaps[.unreadable] ?? 0 > 0)
    }
}
