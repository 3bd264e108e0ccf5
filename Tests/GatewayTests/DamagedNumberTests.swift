import Core
import SQLite
import Store
import Testing
import Wire

@testable import Gateway

/// A flipped bit in a plain number is read without a complaint by SQLite, and may be any number.
@Suite struct DamagedNumberTests {
    private func sealed() async throws -> RescueScene {
        let scene = try RescueScene()
        let outbox = try OutboxStore(directory: scene.directory, gateway: "gateway-1")
        #expect(try await outbox.seal(size: 1, before: .epoch, now: .latest))
        return scene
    }

    /// The gateway runs on it, or a rescue does, and nothing counts twice.
    @Test(
        arguments: [
            "meta SET value = -123 WHERE key = 'last_sequence'",
            "meta SET value = 9223372036854775807 WHERE key = 'last_sequence'",
            "batch SET sequence = -123", "batch SET records = -9223372036854775807 - 1",
            "outbox SET records = 9223372036854775807",
            "outbox SET raw_bytes = 9223372036854775807",
            "outbox SET created = -9223372036854775807 - 1",
            "journal SET messages = 9223372036854775807",
            "journal SET number = 9223372036854775807 WHERE number = 60",
            "counter SET value = 9223372036854775807",
            "counter SET value = -9223372036854775807 - 1",
        ])
    func aNumberThatNobodyWrote(change: String) async throws {
        let scene = try await sealed()
        try scene.run("UPDATE \(change)")
        _ = try StoreVerification(file: scene.file).description
        let outcome = try await scene.goOn()
        scene.expectHonest(outcome, change)
    }

    /// The same on the way through a rescue.
    @Test(
        arguments: [
            "outbox SET records = 9223372036854775807", "counter SET value = 9223372036854775807",
            "journal SET messages = -1, number = number + 9223372036854775000",
        ])
    func aRescueOfIt(change: String) async throws {
        let scene = try await sealed()
        try scene.run("UPDATE \(change)")
        _ = try scene.rescue(.corrupt("for a test"), keepsState: false)
        scene.expectHonest(try await scene.goOn(), change)
    }

    @Test func aBatchSaysItsNumberItself() async throws {
        let scene = try await sealed()
        try scene.run("UPDATE batch SET sequence = -123")
        let outbox = try OutboxStore(directory: scene.directory, gateway: "gateway-1")
        let stored = try #require(try await outbox.batch(after: 0))
        #expect(stored.sequence == 1)
        #expect(try Batch(bytes: stored.bytes).header.sequence == 1)
    }

    @Test func aChainWithoutANumberIsDamage() async throws {
        let scene = try await sealed()
        try scene.run("UPDATE meta SET value = -123 WHERE key = 'last_sequence'")
        let outbox = try OutboxStore(directory: scene.directory, gateway: "gateway-1")
        do {
            _ = try await outbox.seal(size: 1, before: .latest, now: .latest)
            Issue.record("went on")
        } catch {
            let damage = try #require(error.damage)
            #expect("\(damage)".contains("-123"))
        }
    }
}
