import Core
import LocalBroker
import Simulator
import Testing

@Suite struct PublicationQueueTests {
    private func publication(_ name: String, retained: Bool = false, size: Int = 0) -> Publication {
        Publication(
            topic: name, payload: [UInt8](repeating: 0, count: size), isRetained: retained)
    }

    private func drain(_ queue: inout PublicationQueue) -> String {
        var names: [String] = []
        while let next = queue.takeFirst() { names.append(next.topic) }
        return names.joined(separator: " ")
    }

    @Test func keepsTheOrder() {
        var queue = PublicationQueue()
        for (name, retained) in [("a", false), ("B", true), ("c", false), ("D", true)] {
            #expect(queue.add(publication(name, retained: retained)) == 0)
        }
        #expect(drain(&queue) == "a B c D")
        #expect(queue.isEmpty)
    }

    @Test func theOldestThatIsNotRetainedGivesWay() {
        var limits = PublicationQueue.Limits()
        limits.messages = 3
        var queue = PublicationQueue(limits: limits)
        for name in ["A", "b", "c"] {
            _ = queue.add(publication(name, retained: name == "A"))
        }
        #expect(queue.add(publication("D", retained: true)) == 1)
        #expect(queue.add(publication("E", retained: true)) == 1)
        // Nothing but retained ones: it gives way itself.
        #expect(queue.add(publication("f")) == 1)
        #expect(queue.add(publication("G", retained: true)) == 1)
        #expect(drain(&queue) == "D E G")
    }

    @Test func bytesCount() {
        var limits = PublicationQueue.Limits()
        limits.bytes = 100
        var queue = PublicationQueue(limits: limits)
        for name in ["a", "b", "c"] { #expect(queue.add(publication(name, size: 32)) == 0) }
        #expect(queue.add(publication("d", size: 40)) == 2)
        #expect(queue.add(publication("e", size: 100)) == 3)
        #expect(queue.isEmpty)
        #expect(queue.add(publication("f", size: 99)) == 0)
    }

    /// Against a plain array.
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func doesWhatAnArrayDoes(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var limits = PublicationQueue.Limits()
        limits.messages = 150
        limits.bytes = 3_000
        var queue = PublicationQueue(limits: limits)
        var model: [Publication] = []
        for step in 0..<6_000 {
            // Fills for a while, then drains.
            if Int.random(in: 0..<10, using: &generator) < (step / 1_000 % 2 == 0 ? 7 : 3) {
                let next = publication(
                    "\(step)", retained: Int.random(in: 0..<4, using: &generator) == 0,
                    size: Int.random(in: 0...60, using: &generator))
                model.append(next)
                var dropped = 0
                while model.count > 150
                    || model.map({ $0.topic.utf8.count + $0.payload.count }).reduce(0, +) > 3_000
                {
                    model.remove(at: model.firstIndex { !$0.isRetained } ?? 0)
                    dropped += 1
                }
                #expect(queue.add(next) == dropped, "seed \(seed)")
            } else {
                let expected = model.isEmpty ? nil : model.removeFirst()
                #expect(queue.takeFirst() == expected, "seed \(seed)")
            }
            #expect(queue.count == model.count, "seed \(seed)")
        }
    }
}
