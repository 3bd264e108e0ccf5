package import Core
internal import Files
package import Logging
internal import OpenSSL
internal import SQLite
internal import Threading
package import Wire

/// Takes batches in: looks at them, decides, and makes them durable, one after another on
/// a thread of its own. Also a limit: only one batch at a time is in memory decompressed.
package actor Intake {
    private let executor = ThreadExecutor(name: "intake")
    private let storage: Storage
    private let limits: ReceiverLimits
    private let lock: DirectoryLock
    private let ledger: Ledger
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    /// Epochs whose folders are known to be durable.
    private var settled: Set<String> = []
    private static let settledLimit = 10_000

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    package init(
        storage: Storage, limits: ReceiverLimits, logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) throws(StorageError) {
        self.storage = storage
        self.limits = limits
        self.logger = logger
        self.now = now
        try Self.filing { () throws(FileError) in try DurableFile.makeFolders([storage.folder]) }
        lock = try Self.lock(storage)
        ledger = try Ledger(writingIn: storage)
    }

    private static func lock(_ storage: Storage) throws(StorageError) -> DirectoryLock {
        do {
            return try DirectoryLock(storage.lock)
        } catch {
            switch error {
            case .held:
                throw .unusable(
                    storage.lock, problem: "another receiver serves this storage",
                    advice: "stop it, or give this one a folder of its own")
            case .unusable(let number):
                throw .file(FileError(storage.lock, "open it", number: number))
            }
        }
    }

    /// - Parameter identity: the name in the sender's certificate.
    package func take(_ bytes: [UInt8], from identity: String) -> Outcome {
        do throws(Inspection.Fault) {
            return admit(try Inspection(bytes, from: identity, limits: limits))
        } catch {
            logger.warning(
                "a batch is not taken", metadata: ["gateway": "\(identity)", "reason": "\(error)"])
            return .faulty(error)
        }
    }

    package func completeThrough(
        _ gateway: String, _ epoch: Epoch
    ) throws(StorageError) -> UInt64 {
        try asking { () throws(SQLiteError) in try ledger.completeThrough(gateway, epoch) }
    }

    private func admit(_ inspected: Inspection) -> Outcome {
        let header = inspected.batch.header
        let about: Logger.Metadata = [
            "gateway": "\(header.gateway)", "epoch": "\(header.epoch)",
            "batch": "\(header.sequence)",
        ]
        do throws(StorageError) {
            let outcome = try decideAndAct(on: inspected)
            if case .refused(let refusal) = outcome {
                logger.error("a batch is refused: \(refusal)", metadata: about)
            } else {
                logger.debug("a batch is taken: \(outcome)", metadata: about)
            }
            return outcome
        } catch {
            logger.error("a batch can't be stored now: \(error)", metadata: about)
            return .failed(error)
        }
    }

    private func decideAndAct(on inspected: Inspection) throws(StorageError) -> Outcome {
        let batch = inspected.batch
        let header = batch.header
        let digest = batch.digest
        let neighbours = try asking { () throws(SQLiteError) in
            try ledger.neighbours(of: header)
        }
        switch Admission(of: header, digest: digest, among: neighbours) {
        case .store:
            try file(batch)
            // The file is durable: a crash before the row means that it comes again.
            return try asking { () throws(SQLiteError) in
                .stored(
                    completeThrough: try ledger.enter(inspected, digest: digest, at: now()))
            }
        case .duplicate:
            return try asking { () throws(SQLiteError) in
                try ledger.countDuplicate(of: header)
                return .duplicate(
                    completeThrough: try ledger.completeThrough(header.gateway, header.epoch))
            }
        case .refuse(let refusal):
            try asking { () throws(SQLiteError) in
                try ledger.enterRefusal(of: header, reason: "\(refusal)", at: now())
            }
            return .refused(refusal)
        }
    }

    private func file(_ batch: Batch) throws(StorageError) {
        let header = batch.header
        let key = "\(header.gateway)/\(header.epoch)"
        if !settled.contains(key) {
            try Self.filing { () throws(FileError) in
                try DurableFile.makeFolders(storage.folders(of: header.gateway, header.epoch))
            }
            if settled.count >= Self.settledLimit { settled.removeAll() }
            settled.insert(key)
        }
        do throws(StorageError) {
            try Self.filing { () throws(FileError) in
                try DurableFile.write(
                    batch.bytes, to: storage.batch(header.gateway, header.epoch, header.sequence))
            }
        } catch {
            settled.remove(key)
            throw error
        }
    }

    private func asking<T>(
        _ ask: () throws(SQLiteError) -> T
    ) throws(StorageError) -> T {
        do throws(SQLiteError) {
            return try ask()
        } catch {
            throw .database(storage.ledger, error)
        }
    }

    private static func filing(_ file: () throws(FileError) -> Void) throws(StorageError) {
        do throws(FileError) { try file() } catch { throw .file(error) }
    }
}
