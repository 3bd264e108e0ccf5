internal import Console
internal import Core
internal import Files
internal import Foundation
internal import LocalBroker
package import Logging
internal import OpenSSL
internal import ServiceLifecycle
internal import Session
internal import Store
internal import UnixSignals
internal import Uplink
internal import Wire

/// The gateway: all its parts, put together and run until a signal.
package struct Gateway {
    private let configuration: GatewayConfiguration
    private let file: String
    private let logger: Logger
    private let shipper: LogShipper

    /// - Parameter file: the configuration's, for errors.
    package init(
        configuration: GatewayConfiguration, file: String, shipper: LogShipper, logger: Logger
    ) {
        self.configuration = configuration
        self.file = file
        self.shipper = shipper
        self.logger = logger
    }

    /// - Throws: whatever makes a start impossible, saying what to do.
    package func run() async throws {
        let mistakes = ConfigurationCheck.files(configuration, file: file, now: Date())
        guard mistakes.isEmpty else { throw Mistakes(list: mistakes) }
        try makeDirectory()
        let start = ContinuousClock.now
        let reason = Restart.reason()
        do {
            try await live(damage: reason?.damage)
            logger.info("stopped")
        } catch {
            guard let found = DamageWatch.Found(error) else { throw error }
            if let damage = found.damage {
                logger.error(
                    "the store turns out damaged; starting anew to rescue what can be read",
                    metadata: ["reason": "\(damage)"])
            } else {
                logger.error("the store can't be read back after a failed sync; starting anew")
            }
            try? await Task.sleep(until: Restart.earliest(for: start, isAgain: reason != nil))
            throw FileError("/proc/self/exe", "start anew", number: Restart.now(because: found))
        }
    }

    /// - Parameter damage: that the store is known to have.
    private func live(damage: Damage?) async throws {
        let board = StatusBoard(gateway: configuration.gateway)
        let damageWatch = DamageWatch()
        let publisher = configuration.publisher.map { tls in
            LocalPublisher(
                settings: LocalPublisherSettings(
                    host: configuration.broker.host, port: configuration.broker.port, tls: tls,
                    clientID: "\(configuration.gateway)-publisher"))
        }
        let ingest = try await startIngest(board, publisher, damage, damageWatch)
        let outbox = try OutboxStore(
            directory: configuration.storage.directory, gateway: configuration.gateway)
        let watch = OutboxWatch(store: outbox, board: board, onError: damageWatch.look)
        let epoch = await outbox.epoch
        let next = (try? await outbox.figures().lastSequence) ?? 0
        board.update { $0.uplink.nextSequence = UInt64(clamping: next) + 1 }
        await watch.look()
        let console = Console(
            host: configuration.console.host, port: configuration.console.port, board: board,
            logger: logger.quieter)
        // Told to stop from the last to the first: what is said at the end is still published.
        let services: [any Service] =
            [damageWatch] + (publisher.map { [PublisherService(publisher: $0)] } ?? [])
            + [ingest, try uplink(outbox, board, damageWatch), watch, console]
        logger.info(
            "started",
            metadata: [
                "gateway": "\(configuration.gateway)", "epoch": "\(epoch)",
                "storage": "\(configuration.storage.directory)",
                "console": "http://\(configuration.console.host):\(configuration.console.port)",
            ])
        let start = ContinuousClock.now
        do {
            // One that fails ends the others in order: a server that is cancelled with a
            // connection at the door traps (NIOAsyncWriter).
            try await ServiceGroup(
                configuration: .init(
                    services: services.map {
                        .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
                    },
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger.quieter)
            ).run()
        } catch let found as DamageWatch.Found {
            let hasRescued = board.current.store.rescue != nil
            try? await Task.sleep(until: Restart.earliest(for: start, isAgain: hasRescued))
            throw found
        }
    }

    private func makeDirectory() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: configuration.storage.directory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw Mistakes(list: [
                Mistake(
                    source: file, line: nil, key: "storage.directory",
                    problem: "can't make '\(configuration.storage.directory)' "
                        + "(\(error.localizedDescription)); check the path and who owns it")
            ])
        }
    }

    private func startIngest(
        _ board: StatusBoard, _ publisher: LocalPublisher?, _ damage: Damage?,
        _ watch: DamageWatch
    ) async throws -> IngestService {
        let (configuration, logger, shipper) = (configuration, logger, shipper)
        return try await IngestService.start { stop in
            let opening = StoreOpening(
                directory: configuration.storage.directory, gateway: configuration.gateway,
                deadLetterLimit: configuration.storage.deadLetters,
                machine: MachineIdentity.read(), logger: logger, now: SystemClock.now,
                onRescue: { report in board.update { $0.store.rescue = "\(report)" } })
            return try opening.open(knowing: damage) { store in
                let ingest = try Ingest(
                    store: store, configuration: configuration, board: board, shipper: shipper,
                    publisher: publisher, logger: logger, onStoreError: watch.look)
                var settings = configuration.broker
                settings.formerFilters = ConfigurationReader.filters(
                    in: try store.plans(), besides: settings.filters)
                return try BrokerSession(
                    settings: settings, handler: ingest, stop: stop, now: SystemClock.now,
                    uptime: SystemClock.uptime)
            }
        }
    }

    private func uplink(
        _ outbox: OutboxStore, _ board: StatusBoard, _ watch: DamageWatch
    ) throws -> UplinkService {
        let settings = configuration.uplink
        let transport = try HTTPSTransport(
            endpoint: settings.endpoint, authorities: settings.tls.authorities,
            certificate: settings.tls.certificate, key: settings.tls.key,
            timeout: settings.timeout)
        let machine = UplinkMachine(
            backoff: Backoff(base: settings.retryBase, maximum: settings.retryMaximum),
            failuresToBreak: settings.retryAttempts, breakFor: settings.retryMaximum)
        let reporter = UplinkReporter(board: board, logger: logger)
        let zone = TimeZone(identifier: settings.timeZone)
        let schedule = settings.schedule
        let uplink = Uplink(
            machine: machine,
            source: OutboxSource(
                store: outbox, size: settings.batchSize, age: settings.batchAge,
                onError: watch.look),
            transport: transport,
            isOpen: { time in
                schedule.isOpen(at: time) { moment in
                    let seconds = Double(moment.microseconds) / 1_000_000
                    return zone?.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)) ?? 0
                }
            },
            now: SystemClock.now, report: reporter.report)
        return UplinkService(uplink: uplink, transport: transport)
    }
}

extension Logger {
    /// For libraries: their trouble, not their daily life.
    fileprivate var quieter: Logger {
        var logger = self
        logger.logLevel = max(logLevel, .warning)
        return logger
    }
}
