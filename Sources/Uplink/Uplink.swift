package import Core
internal import Wire

/// Empties the outbox to the receiver, one batch after another, as the machine decides.
package struct Uplink: Sendable {
    private let source: any BatchSource
    private let transport: any BatchTransport
    private let isOpen: @Sendable (Timestamp) -> Bool
    private let now: @Sendable () -> Timestamp
    private let report: @Sendable (UplinkEvent) -> Void
    private var machine: UplinkMachine
    private var generator: any RandomNumberGenerator & Sendable
    private var lastSent: UInt64 = 0

    /// How long to wait when there is nothing to send, or the store has trouble.
    private static let idleWait: Microseconds = 200_000
    private static let troubleWait: Microseconds = 5_000_000

    /// - Parameter generator: for the jitter of the waits.
    package init(
        machine: UplinkMachine, source: any BatchSource, transport: any BatchTransport,
        isOpen: @escaping @Sendable (Timestamp) -> Bool,
        now: @escaping @Sendable () -> Timestamp,
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        report: @escaping @Sendable (UplinkEvent) -> Void
    ) {
        self.machine = machine
        self.source = source
        self.transport = transport
        self.isOpen = isOpen
        self.now = now
        self.generator = generator
        self.report = report
    }

    /// Until the task is cancelled.
    package func run() async {
        var uplink = self
        while !Task.isCancelled {
            let wait = await uplink.turn()
            if wait > 0 { try? await Task.sleep(for: .microseconds(wait)) }
        }
    }

    /// Sends the next batch and does what the answer asks for, if it is time.
    ///
    /// - Returns: how long to wait before the next turn.
    package mutating func turn() async -> Microseconds {
        let step = machine.next(isOpen: isOpen(now()), at: now())
        report(.state(machine.state))
        if case .wait(let span) = step { return span }
        do {
            guard let batch = try await source.next(now: now()) else { return Self.idleWait }
            report(.sending(batch, isAgain: batch.number <= lastSent))
            lastSent = max(lastSent, batch.number)
            let answer = await transport.send(batch.bytes)
            // An answer that a shutdown cut short says nothing.
            if !Task.isCancelled { try await settle(batch, answer) }
            return 0
        } catch {
            report(.storeFailed("\(error)"))
            return Self.troubleWait
        }
    }

    private mutating func settle(_ batch: OutgoingBatch, _ answer: BatchAnswer) async throws {
        switch machine.answered(answer, at: now(), using: &generator) {
        case .confirm:
            try await source.confirm(batch)
            guard case .stored(let duplicate, let through) = answer else { return }
            report(.accepted(batch, duplicate: duplicate, completeThrough: through))
        case .setAside(let reason, let isFork):
            try await source.setAside(batch, reason: reason, isFork: isFork, now: now())
            report(.setAside(batch, reason: reason))
        case .keep(let reason, let wait):
            report(.failed(reason: reason, wait: wait, failures: machine.failures))
        }
    }
}
