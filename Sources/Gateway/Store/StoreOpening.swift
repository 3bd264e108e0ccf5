internal import Core
internal import Logging
internal import Store

/// Opens the gateway's store. One that can't be gone on with is set aside, what can be read
/// of it is rescued, and the gateway runs.
struct StoreOpening {
    let directory: String
    let gateway: String
    let deadLetterLimit: Int
    let machine: String?
    let logger: Logger
    let now: () -> Timestamp
    let onRescue: (RescueReport) -> Void
    /// The first rescue may bring state over that turns out unreadable, the second does not.
    private static let rescues = 2

    /// - Parameters:
    ///   - known: damage that was met while the gateway ran.
    ///   - use: opens what rests on the store; throws a `StoreError` with damage for state that
    ///     can't be read.
    func open<T>(knowing known: Damage?, use: (IngestStore) throws -> T) throws -> T {
        var keepsState = true
        if let known { try rescue(known, &keepsState) }
        for _ in 0..<Self.rescues {
            do {
                return try attempt(use)
            } catch let error as StoreError {
                guard let damage = error.damage else { throw error }
                try rescue(damage, &keepsState)
            }
        }
        return try attempt(use)
    }

    /// In a function of its own, so that nothing holds the store when it has failed.
    private func attempt<T>(_ use: (IngestStore) throws -> T) throws -> T {
        try use(
            IngestStore(
                directory: directory, gateway: gateway, machine: machine,
                deadLetterLimit: deadLetterLimit))
    }

    private func rescue(_ damage: Damage, _ keepsState: inout Bool) throws {
        logger.error(
            "the store can't be gone on with; it is set aside, what can be read is rescued",
            metadata: ["storage": "\(directory)", "reason": "\(damage)"])
        if case .state = damage { keepsState = false }
        let report = try StoreRescue(
            directory: directory, gateway: gateway, machine: machine, now: now()
        ).run(because: damage, keepsState: keepsState)
        keepsState = false
        logger.error("\(report)")
        onRescue(report)
    }
}
