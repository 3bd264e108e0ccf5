import Core
import Testing
import Uplink
import Wire

@Suite struct UplinkMachineTests {
    private var machine = UplinkMachine(
        backoff: Backoff(base: 1_000, maximum: 1_000_000), failuresToBreak: 3,
        breakFor: 60_000_000)
    private var generator = Fixed()
    private let start = Timestamp(microseconds: 1_000_000_000)

    @Test mutating func sendsWhileOpenAndWaitsWhileClosed() {
        expectNext(isOpen: false, at: start, .wait(1_000_000))
        #expect(machine.state == .closed)
        expectNext(isOpen: true, at: start, .send)
        #expect(machine.state == .ready)
    }

    @Test mutating func waitsLongerWithEachFailureThenBreaksAndProbes() {
        let down = BatchAnswer.later(after: nil, reason: "down")
        // The generator gives the upper bound of each jitter.
        expect(down, .keep(reason: "down", wait: 1_000))
        expectNext(isOpen: true, at: start, .wait(1_000))
        expect(down, .keep(reason: "down", wait: 2_000))
        #expect(machine.state == .backingOff)
        expect(down, .keep(reason: "down", wait: 60_000_000))
        #expect(machine.state == .broken)
        expectNext(isOpen: true, at: start + 59_000_000, .wait(1_000_000))
        // One probe; it fails: broken again. It succeeds: as new.
        expectNext(isOpen: true, at: start + 60_000_000, .send)
        expect(down, .keep(reason: "down", wait: 60_000_000))
        expect(.stored(duplicate: false, completeThrough: 1), .confirm)
        expectNext(isOpen: true, at: start, .send)
        #expect(machine.failures == 0)
    }

    @Test mutating func honoursRetryAfter() {
        expect(.later(after: 7.5, reason: "busy"), .keep(reason: "busy", wait: 7_500_000))
    }

    @Test mutating func aRefusedBatchBlocksNothing() {
        expect(.forked(reason: "fork"), .setAside(reason: "fork", isFork: true))
        expectNext(isOpen: true, at: start, .send)
    }

    @Test mutating func refusalsInARowAreNotTheBatchesFault() {
        for _ in 0..<3 { _ = answer(.refused(reason: "old receiver")) }
        expectNext(isOpen: true, at: start, .send)
        expect(.refused(reason: "old receiver"), .setAside(reason: "old receiver", isFork: false))
        #expect(machine.state == .broken)
        expectNext(isOpen: true, at: start, .wait(60_000_000))
    }

    @Test mutating func aLongRetryAfterIsWaitedFor() {
        expect(.later(after: 3_600, reason: "later"), .keep(reason: "later", wait: 3_600_000_000))
        expectNext(isOpen: true, at: start + 600_000_000, .wait(3_000_000_000))
    }

    @Test mutating func withoutPermissionItKeepsEverythingAndAsksSeldom() {
        expect(.unauthorized(reason: "no"), .keep(reason: "no", wait: 60_000_000))
        #expect(machine.state == .broken)
    }

    @Test mutating func aClockSetBackDoesNotProlongAWait() {
        _ = answer(.later(after: nil, reason: "down"))
        let yesterday = Timestamp(microseconds: start.microseconds - 86_400_000_000)
        expectNext(isOpen: true, at: yesterday, .wait(1_000))
        expectNext(isOpen: true, at: yesterday + 1_000, .send)
    }

    private mutating func expectNext(
        isOpen: Bool, at time: Timestamp, _ step: UplinkMachine.Step,
        location: SourceLocation = #_sourceLocation
    ) {
        let next = machine.next(isOpen: isOpen, at: time)
        #expect(next == step, sourceLocation: location)
    }

    private mutating func expect(
        _ batchAnswer: BatchAnswer, _ settlement: UplinkMachine.Settlement,
        location: SourceLocation = #_sourceLocation
    ) {
        let settled = answer(batchAnswer)
        #expect(settled == settlement, sourceLocation: location)
    }

    private mutating func answer(_ answer: BatchAnswer) -> UplinkMachine.Settlement {
        machine.answered(answer, at: start, using: &generator)
    }
}

/// Always the largest number, so that a jitter is at its upper bound.
private struct Fixed: RandomNumberGenerator {
    mutating func next() -> UInt64 { .max }
}
