import Console
import Core
import FaultyDisk
import Foundation
import Gateway
import Logging
import Session
import Store
import Testing
import Wire

/// Session, ingest and store on a disk that fails at any one point: the process lives on, what
/// it acknowledged is on the medium, and each reading counts once.
@Suite struct DiskFaultTests {
    private static let yaml = """
        gateway: gateway-1
        storage: {directory: /tmp}
        broker: {host: h, authorities: a, certificate: b, key: c}
        uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
        streams:
          - name: level
            topic: tank/{tank}
            payload: number
            window: {size: 10s, delay: 1s}
            aggregates: [count, sum]
        """

    /// What the broker has, and of that what it may forget.
    private struct Queue {
        let count = 60
        var acknowledged = 0
        var sent = 0

        func packetID(_ message: Int) -> UInt16 { UInt16(message + 1) }
        func topic(_ message: Int) -> [UInt8] { Array("tank/\(message % 3)".utf8) }
        func payload(_ message: Int) -> [UInt8] { Array("\(message)".utf8) }
        /// The last of each tank closes its windows.
        func time(_ message: Int) -> Timestamp {
            Timestamp(microseconds: Int64(message < count - 3 ? 100 + message : 9_000) * 1_000_000)
        }
    }

    private struct Outcome {
        var faults = 0
        var wasShown = false
        var windows: [WindowRecord] = []
    }

    private enum Fault: CaseIterable {
        case write, sync, full

        var operation: FaultyDisk.Operation { self == .sync ? .sync : .write }
    }

    /// - Parameter begin: called with the store open, before the first message.
    private func play(
        on disk: FaultyDisk, _ begin: () -> Void, afterFault: (Int) -> Void
    ) async throws -> Outcome {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("tidegate-fault-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var outcome = Outcome()
        do { try converse(in: directory, on: disk, begin, afterFault, &outcome) }
        // The process dies, and then the power goes: what was acknowledged is there.
        disk.heal()
        disk.restart(.lost)
        let outbox = try OutboxStore(
            directory: directory, gateway: "gateway-1", fileSystem: disk.name)
        var last: UInt64 = 0
        while try await outbox.seal(size: 1, before: .latest, now: .latest) {
            let stored = try #require(try await outbox.batch(after: last))
            outcome.windows += try Batch(bytes: stored.bytes).records(limit: 1 << 24).windows
            last = stored.number
        }
        return outcome
    }

    private func converse(
        in directory: String, on disk: FaultyDisk, _ begin: () -> Void,
        _ afterFault: (Int) -> Void, _ outcome: inout Outcome
    ) throws {
        let board = StatusBoard(gateway: "gateway-1")
        let configuration = try ConfigurationReader.read(
            text: Self.yaml, file: "test.yaml", environment: [:])
        let ingest = try Ingest(
            store: IngestStore(
                directory: directory, gateway: "gateway-1", deadLetterLimit: 10,
                fileSystem: disk.name),
            configuration: configuration, board: board, shipper: LogShipper(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            snapshots: SnapshotPolicy(minimum: 200, factor: 1))
        var reception = Reception(handler: ingest, settings: configuration.broker)
        var queue = Queue()
        begin()
        var isConnected = false
        while queue.acknowledged < queue.count {
            do {
                if !isConnected {
                    try reception.recover()
                    let isNew = queue.sent == 0
                    reception.connected(sessionPresent: !isNew, at: queue.time(queue.acknowledged))
                    queue.sent = queue.acknowledged
                    isConnected = true
                }
                for message in queue.sent..<min(queue.sent + 4, queue.count) {
                    reception.received(
                        packetID: queue.packetID(message), topic: queue.topic(message).span,
                        payload: queue.payload(message).span, isRetained: false,
                        at: queue.time(message))
                    queue.sent = message + 1
                }
                _ = try reception.commitIfDue(
                    force: true, at: queue.time(queue.sent - 1), uptime: 0)
                if reception.mayAcknowledge { queue.acknowledged = queue.sent }
            } catch {
                isConnected = false
                outcome.faults += 1
                outcome.wasShown = outcome.wasShown || board.current.store.trouble != nil
                afterFault(outcome.faults)
                try #require(outcome.faults < 100, "does not go on: \(error)")
            }
        }
        #expect(board.current.store.trouble == nil)
    }

    @Test(arguments: Fault.allCases)
    private func eachReadingCountsOnceWhateverFails(fault: Fault) async throws {
        let well = FaultyDisk(seed: 1)
        var before = 0
        let truth = try await play(
            on: well, { before = well.count(of: fault.operation) }, afterFault: { _ in })
        let expected = Set(truth.windows)
        #expect(expected.reduce(Int64(0)) { $0 + $1.counted } == 57)
        var (faults, shown) = (0, 0)
        for moment in before + 1..<well.count(of: fault.operation) {
            let disk = FaultyDisk(seed: UInt64(moment))
            let outcome = try await play(on: disk) {
                switch fault {
                case .full: disk.fill(at: moment)
                default: disk.fail(fault.operation, at: moment)
                }
            } afterFault: { faults in
                if faults == 3 { disk.heal() }
            }
            faults += outcome.faults
            shown += outcome.wasShown ? 1 : 0
            #expect(
                Set(outcome.windows) == expected && outcome.windows.count == expected.count,
                "\(fault) at \(moment)")
        }
        #expect(faults > 5, "the faults were not met")
        #expect(shown > 3)
    }
}

extension WindowRecord {
    fileprivate var counted: Int64 {
        guard case .decimal(let count, _)? = values.first else { return 0 }
        return count
    }
}
