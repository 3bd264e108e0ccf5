internal import AsyncHTTPClient
package import Console
internal import NIOCore
internal import NIOHTTP1
internal import Store

/// How a gateway is: asked of the running one, or else read from its store.
package enum StatusReport: Sendable {
    case running(GatewayStatus)
    /// It does not answer; this is what lies in its store.
    case stopped(GatewayStatus)

    package static func fetch(_ configuration: GatewayConfiguration) async throws -> StatusReport {
        if let status = await ask(configuration) { return .running(status) }
        let figures = try OutboxFigures.read(directory: configuration.storage.directory)
        var status = GatewayStatus(gateway: configuration.gateway)
        status.take(figures)
        status.uplink.nextSequence = UInt64(clamping: figures.lastSequence) + 1
        return .stopped(status)
    }

    private static func ask(_ configuration: GatewayConfiguration) async -> GatewayStatus? {
        let url =
            "http://\(configuration.console.host):\(configuration.console.port)/status"
        do {
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: url), timeout: .seconds(5))
            guard response.status == .ok else { return nil }
            let body = try await response.body.collect(upTo: 1_048_576)
            return try GatewayStatus(json: Array(body.readableBytesView))
        } catch {
            return nil
        }
    }

    package var status: GatewayStatus {
        switch self {
        case .running(let status), .stopped(let status): status
        }
    }

    /// The largest first.
    private var gaps: String {
        let found = status.gaps.filter { $0.value > 0 }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !found.isEmpty else { return "none" }
        return found.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            + "; since this store began"
    }

    private var publisher: [String] {
        guard let publisher = status.publisher else { return [] }
        return [
            "local    " + (publisher.connected ? "publishing" : "not connected")
                + (publisher.trouble.map { ": \($0)" } ?? "")
                + "; \(publisher.published) published, \(publisher.queued) waiting, "
                + "\(publisher.dropped + publisher.refused) lost"
        ]
    }

    private var alarms: [String] {
        guard status.core.alarms > 0 else { return [] }
        let shown = status.alarms.prefix(10).map {
            "         \($0.severity) \($0.name): \($0.series), \($0.state)"
        }
        let rest = status.core.alarms - shown.count
        return ["alarms   \(status.core.alarms) not over"] + shown
            + (rest > 0 ? ["         and \(rest) more"] : [])
    }

    /// For a person.
    package var text: String {
        let status = status
        let waiting = status.outbox.records + status.outbox.batchRecords
        let kept = [
            "outbox   \(waiting) records waiting, \(status.outbox.batches) batches sealed",
            "store    \(status.store.fileBytes / 1_024) KiB, \(status.store.deadLetters) dead "
                + "letters, \(status.store.setAside) set aside",
            "gaps     " + gaps,
        ]
        guard case .running = self else {
            return
                (["gateway  \(status.gateway): not running (its console does not answer)"] + kept)
                .joined(separator: "\n")
        }
        let broker = status.broker
        let core = status.core
        let uplink = status.uplink
        return [
            "gateway  \(status.gateway), epoch \(status.epoch)",
            "broker   " + (broker.connected ? "connected" : "not connected")
                + (broker.trouble.map { ": \($0)" } ?? "")
                + "; \(broker.messages) messages, \(broker.redelivered) handed over again"
                + (broker.dropped == 0 ? "" : ", \(broker.dropped) dropped by it"),
            "core     \(core.series) series on \(core.topics) topics; \(core.readings) readings, "
                + "\(core.windows) windows closed, \(core.openWindows) open; \(core.late) late, "
                + "\(core.undecodable) not understood, \(core.refused) refused",
            "uplink   \(uplink.state)" + (uplink.trouble.map { ": \($0)" } ?? "")
                + "; \(uplink.accepted) batches accepted, \(uplink.resent) sent again",
        ].joined(separator: "\n") + "\n"
            + (publisher + alarms + kept).joined(separator: "\n")
            + (status.store.trouble.map { "\nstore trouble: \($0)" } ?? "")
            + (status.store.rescue.map { "\nstore rescued: \($0)" } ?? "")
    }
}
