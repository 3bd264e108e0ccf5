import Core
import Glibc
import LocalBroker
import OpenSSL
import Rig
import Testing

/// On a real mosquitto with the product's configuration and access list.
@Suite(.serialized) struct LocalPublisherTests {
    private func message(
        _ number: Int, topic: String = "tidegate/gateway-1/fused/t", retained: Bool = false
    ) -> Publication {
        Publication(topic: topic, payload: Array("\(number)".utf8), isRetained: retained)
    }

    @Test func publishesInOrder() async throws {
        let scene = try BrokerScene("publish")
        defer { scene.remove() }
        let publisher = LocalPublisher(settings: scene.settings)
        // Before there is a connection, and while there is.
        publisher.publish((0..<500).map { message($0) })
        let listener = try scene.listener("tidegate/#")
        try await publisher.start()
        try listener.listen("the first") { listener.heard.count == 500 }
        for number in 500..<2_000 { publisher.publish(message(number)) }
        try listener.listen("the rest") { listener.heard.count == 2_000 }
        #expect(listener.heard.map(\.payload) == (0..<2_000).map(String.init))
        try publisher.wait(for: "the answers") { $0.published == 2_000 && $0.inFlight == 0 }

        // Who comes later hears how an alarm stands, and none of the values.
        publisher.publish(message(1, topic: "tidegate/gateway-1/alarm/hot", retained: true))
        publisher.publish(message(2, topic: "tidegate/gateway-1/alarm/hot", retained: true))
        publisher.stop()
        try await publisher.waitUntilStopped()
        let late = try scene.listener("tidegate/gateway-1/#")
        try late.listen("the alarm") { !late.heard.isEmpty }
        #expect(
            late.heard == [
                .init(topic: "tidegate/gateway-1/alarm/hot", payload: "2", isRetained: true)
            ])
        #expect(publisher.takeLost() == 0)
        #expect(!publisher.figures.isConnected)
    }

    @Test func onlyBelowItsGateway() async throws {
        let scene = try BrokerScene("denied")
        defer { scene.remove() }
        let everything = try scene.listener("#")
        let publisher = LocalPublisher(settings: scene.settings)
        try await publisher.start()
        let denied = [
            "tidegate/gateway-2/alarm/hot", "tidegate/gateway-1-publisher/x", "tidegate",
            "plant/1/tc-1/temperature", "plant/1/gateway-1-publisher/temperature", "other",
        ]
        for topic in denied { publisher.publish(message(0, topic: topic)) }
        try publisher.wait(for: "the refusals") { $0.refused == denied.count }
        let trouble = try #require(publisher.figures.trouble)
        #expect(trouble.contains("'other' (Not authorized)"), "\(trouble)")
        #expect(publisher.figures.published == 0)
        #expect(publisher.takeLost() == denied.count)
        #expect(publisher.takeLost() == 0)
        // The connection stays, and the granted topic works on it.
        publisher.publish(message(1))
        try everything.listen("the granted one") { !everything.heard.isEmpty }
        #expect(everything.heard.map(\.topic) == ["tidegate/gateway-1/fused/t"])
        #expect(publisher.figures.connections == 1)
        publisher.stop()
        try await publisher.waitUntilStopped()
    }

    @Test func aBrokerThatIsAwayAndReturns() async throws {
        let scene = try BrokerScene("away")
        defer { scene.remove() }
        var settings = scene.settings
        settings.queue.messages = 100
        let publisher = LocalPublisher(settings: settings)
        try await publisher.start()
        try publisher.wait(for: "the connection") { $0.isConnected }
        scene.broker.process.killAndWait()
        try publisher.wait(for: "the loss") { !$0.isConnected && $0.trouble != nil }
        let alarm = message(7, topic: "tidegate/gateway-1/alarm/hot", retained: true)
        publisher.publish(alarm)
        for number in 0..<250 { publisher.publish(message(number)) }
        #expect(publisher.figures.queued == 100)
        #expect(publisher.figures.dropped == 151)
        #expect(publisher.takeLost() == 151)

        try scene.broker.restart()
        let listener = try scene.listener("tidegate/#")
        try publisher.wait(for: "the answers") { $0.published == 100 }
        #expect(publisher.figures.trouble == nil)
        #expect(publisher.figures.connections == 2)
        // It may have come before the listener; it is retained, so it is heard.
        try listener.listen("the alarm") { listener.heard.contains { $0.payload == "7" } }
        publisher.stop()
        try await publisher.waitUntilStopped()
        #expect(publisher.takeLost() == 0)
        #expect(publisher.figures.published == 100)
    }

    /// What the broker had not answered comes again: at least once, whenever it dies.
    @Test func aBrokerThatDiesInTheMiddle() async throws {
        let scene = try BrokerScene("killed")
        defer { scene.remove() }
        let publisher = LocalPublisher(settings: scene.settings)
        try await publisher.start()
        try publisher.wait(for: "the connection") { $0.isConnected }
        // Frozen, so that something is on its way for certain.
        kill(scene.broker.process.id, SIGSTOP)
        publisher.publish((0..<1_000).map { message($0) })
        try publisher.wait(for: "a full window") { $0.inFlight == 200 && $0.queued == 800 }
        scene.broker.process.killAndWait()
        try publisher.wait(for: "the loss") { !$0.isConnected }
        try scene.broker.restart()
        try publisher.wait(for: "the answers") { $0.published == 1_000 && $0.inFlight == 0 }
        #expect(publisher.figures.connections == 2)
        publisher.stop()
        try await publisher.waitUntilStopped()
        #expect(publisher.takeLost() == 0)
    }

    /// A stop waits for the farewell and no longer; what is left is counted.
    @Test func aStopWithAFrozenBroker() async throws {
        let scene = try BrokerScene("farewell")
        defer { scene.remove() }
        var settings = scene.settings
        settings.farewell = 100_000
        let publisher = LocalPublisher(settings: settings)
        try await publisher.start()
        try publisher.wait(for: "the connection") { $0.isConnected }
        kill(scene.broker.process.id, SIGSTOP)
        publisher.publish((0..<300).map { message($0) })
        publisher.stop()
        try await publisher.waitUntilStopped()
        #expect(publisher.figures.dropped == 300)
        publisher.publish(message(0))
        #expect(publisher.takeLost() == 301)
    }

    @Test func whatCanNeverWorkIsSaidAtOnce() async throws {
        let scene = try BrokerScene("settings")
        defer { scene.remove() }
        var settings = scene.settings
        settings.tls.key = scene.certificates.key("operator")
        let publisher = LocalPublisher(settings: settings)
        await #expect(throws: TLSError.self) { try await publisher.start() }
        try await publisher.waitUntilStopped()

        // The broker's word reaches the status.
        settings = scene.settings
        settings.host = "127.0.0.1"
        settings.port = try Port.free(1)[0]
        let lost = LocalPublisher(settings: settings)
        try await lost.start()
        try lost.wait(for: "a reason") { $0.trouble?.contains("refused") ?? false }
        lost.stop()
        try await lost.waitUntilStopped()
    }

    /// From `publish` to a subscriber, each message to a thread that sleeps.
    @Test func leavesAtOnce() async throws {
        let scene = try BrokerScene("latency")
        defer { scene.remove() }
        let listener = try scene.listener("tidegate/#")
        let publisher = LocalPublisher(settings: scene.settings)
        try await publisher.start()
        try publisher.wait(for: "the connection") { $0.isConnected }
        var spans: [Microseconds] = []
        for number in 1...60 {
            try publisher.wait(for: "the answer") { $0.published == number - 1 }
            let before = BrokerScene.uptime()
            publisher.publish(message(number))
            try listener.listen("a message") { listener.heard.count == number }
            spans.append(BrokerScene.uptime() - before)
        }
        spans.sort()
        print("publish to subscriber: median \(spans[30]) us, largest \(spans[59]) us")
        // A missed wake-up would cost up to a second.
        #expect(spans[30] < 10_000)
        publisher.stop()
        try await publisher.waitUntilStopped()
    }
}
