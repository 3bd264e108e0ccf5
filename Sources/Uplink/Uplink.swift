package import Core
package import Wire

/// Where the batches come from and go back to.
package protocol BatchSource: Sendable {
    /// The oldest batch that is not confirmed; seals one if there is enough for it.
    func next(now: Timestamp) async throws -> OutgoingBatch?
    func confirm(_ batch: OutgoingBatch) async throws
    func setAside(_ batch: OutgoingBatch, reason: String, now: Timestamp) async throws
}

/// A sealed batch on its way.
package struct OutgoingBatch: Hashable, Sendable {
    package let sequence: UInt64
    package let bytes: [UInt8]

    package init(sequence: UInt64, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// Carries a batch to the receiver, and its answer back. Whatever goes wrong is an answer
/// too: `later`.
package protocol BatchTransport: Sendable {
    func send(_ batch: [UInt8]) async -> BatchAnswer
}

/// What happens on the link, for the log and the status page.
package enum UplinkEvent: Sendable {
    case state(UplinkMachine.State)
    case sending(OutgoingBatch, isAgain: Bool)
    case accepted(OutgoingBatch, duplicate: Bool, completeThrough: UInt64)
    case setAside(OutgoingBatch, reason: String)
    case failed(reason: String, wait: Microseconds, failures: Int)
    case storeFailed(String)
}

/// Empties the outbox to the receiver, one batch after another, as the machine decides.
package struct Uplink: Sendable {
    private let source: any BatchSource
    private let transport: any BatchTransport
    private let isOpen: @Sendable (Timestamp) -> Bool
    private let now: @Sendable () -> Timestamp
    private let report: @Sendable (UplinkEvent) -> Void
    private let machine: UplinkMachine

    /// How long to wait when there is nothing to send, or the store has trouble.
    private static let idleWait: Microseconds = 200_000
    private static let troubleWait: Microseconds = 5_000_000

    package init(
        machine: UplinkMachine, source: any BatchSource, transport: any BatchTransport,
        isOpen: @escaping @Sendable (Timestamp) -> Bool,
        now: @escaping @Sendable () -> Timestamp,
        report: @escaping @Sendable (UplinkEvent) -> Void
    ) {
        self.machine = machine
        self.source = source
        self.transport = transport
        self.isOpen = isOpen
        self.now = now
        self.report = report
    }

    /// Until the task is cancelled.
    package func run() async {
        var machine = machine
        var lastSent: UInt64 = 0
        while !Task.isCancelled {
            let step = machine.next(isOpen: isOpen(now()), at: now())
            report(.state(machine.state))
            if case .wait(let span) = step {
                await sleep(span)
                continue
            }
            do {
                guard let batch = try await source.next(now: now()) else {
                    await sleep(Self.idleWait)
                    continue
                }
                report(.sending(batch, isAgain: batch.sequence <= lastSent))
                lastSent = max(lastSent, batch.sequence)
                let answer = await transport.send(batch.bytes)
                // An answer that a shutdown cut short says nothing.
                if Task.isCancelled { return }
                try await settle(batch, answer, &machine)
            } catch {
                report(.storeFailed("\(error)"))
                await sleep(Self.troubleWait)
            }
        }
    }

    private func settle(
        _ batch: OutgoingBatch, _ answer: BatchAnswer, _ machine: inout UplinkMachine
    ) async throws {
        var generator = SystemRandomNumberGenerator()
        switch machine.answered(answer, at: now(), using: &generator) {
        case .confirm:
            try await source.confirm(batch)
            guard case .stored(let duplicate, let through) = answer else { return }
            report(.accepted(batch, duplicate: duplicate, completeThrough: through))
        case .setAside(let reason):
            try await source.setAside(batch, reason: reason, now: now())
            report(.setAside(batch, reason: reason))
        case .keep(let reason, let wait):
            report(.failed(reason: reason, wait: wait, failures: machine.failures))
        }
    }

    private func sleep(_ span: Microseconds) async {
        try? await Task.sleep(for: .microseconds(span))
    }
}
