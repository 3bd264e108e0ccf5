import Core
import Dispatch
import Foundation
import LocalBroker
import OpenSSL
import Rig

/// A broker with the product's files, and a publisher for it that is not started yet.
struct BrokerScene {
    let workspace: Workspace
    let certificates: Certificates
    let broker: Broker

    init(_ name: String) throws {
        workspace = try Workspace(name: name)
        certificates = try Certificates(
            in: workspace, names: ["broker", "gateway-1-publisher", "operator"])
        let file = try Broker.accessListWithEverybody(in: workspace)
        broker = try Broker(
            in: workspace, certificates: certificates, port: Port.free(1)[0], accessList: file)
    }

    func listener(_ filter: String) throws -> Listener {
        try Listener(port: broker.port, certificates: certificates, filter: filter)
    }

    func remove() {
        broker.process.killAndWait()
        workspace.remove()
    }

    func files(_ name: String) -> TLSFiles {
        TLSFiles(
            authorities: certificates.authorities, certificate: certificates.certificate(name),
            key: certificates.key(name))
    }

    var settings: LocalPublisherSettings {
        var settings = LocalPublisherSettings(
            host: "localhost", port: broker.port, tls: files("gateway-1-publisher"),
            clientID: "gateway-1-publisher")
        settings.backoff = Backoff(base: 50_000, maximum: 200_000)
        return settings
    }

    static var now: Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    }

    static let uptime: @Sendable () -> Microseconds = {
        Int64(DispatchTime.now().uptimeNanoseconds / 1_000)
    }
}

extension LocalPublisher {
    func start() async throws {
        try await start(now: BrokerScene.now, uptime: BrokerScene.uptime)
    }

    func wait(
        for what: String, _ condition: (LocalPublisherFigures) -> Bool
    ) throws {
        try Wait.until("\(what): \(figures)", seconds: 20) { condition(figures) }
    }
}
