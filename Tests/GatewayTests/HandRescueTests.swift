import Core
import SQLite
import Store
import Testing

@testable import Gateway

/// `tidegate store rescue`, as a person calls it.
@Suite struct HandRescueTests {
    private func add(to scene: RescueScene, from file: String) throws -> RescueReport {
        try StoreRescue(
            directory: scene.directory, gateway: "gateway-1", machine: "this",
            now: IngestScene.time(RescueScene.half)
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
}
