package import Core

/// What waits for the broker, in order, within limits. Beyond them the oldest gives way, and of
/// those first what is not retained: a retained message says how something stands now, and
/// nobody will say it again.
package struct PublicationQueue: Sendable {
    package struct Limits: Hashable, Sendable {
        package var messages = 10_000
        /// Of topics and payloads.
        package var bytes = 4_194_304

        package init() {}
    }

    private let limits: Limits
    private var passing = Lane()
    private var retained = Lane()
    private var nextNumber: UInt64 = 0
    private var bytes = 0

    package init(limits: Limits = Limits()) { self.limits = limits }

    package var count: Int { passing.count + retained.count }
    package var isEmpty: Bool { count == 0 }

    /// - Returns: how many messages gave way, perhaps this one.
    package mutating func add(_ publication: Publication) -> Int {
        if publication.isRetained {
            retained.add(publication, nextNumber)
        } else {
            passing.add(publication, nextNumber)
        }
        nextNumber += 1
        bytes += Self.size(publication)
        var dropped = 0
        while count > limits.messages || bytes > limits.bytes {
            guard let victim = passing.takeFirst() ?? retained.takeFirst() else { break }
            bytes -= Self.size(victim)
            dropped += 1
        }
        return dropped
    }

    /// The oldest.
    package mutating func takeFirst() -> Publication? {
        let isRetainedFirst =
            (retained.firstNumber ?? .max) < (passing.firstNumber ?? .max)
        guard
            let publication = isRetainedFirst ? retained.takeFirst() : passing.takeFirst()
        else { return nil }
        bytes -= Self.size(publication)
        return publication
    }

    package mutating func removeAll() {
        passing = Lane()
        retained = Lane()
        bytes = 0
    }

    private static func size(_ publication: Publication) -> Int {
        publication.topic.utf8.count + publication.payload.count
    }
}

/// First in, first out, and numbered.
private struct Lane {
    private var items: [(number: UInt64, publication: Publication)?] = []
    private var head = 0

    var count: Int { items.count - head }
    var firstNumber: UInt64? { count > 0 ? items[head]?.number : nil }

    mutating func add(_ publication: Publication, _ number: UInt64) {
        items.append((number, publication))
    }

    mutating func takeFirst() -> Publication? {
        guard count > 0, let first = items[head] else { return nil }
        items[head] = nil
        head += 1
        // Moves each item once on average.
        if head > 64, head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
        return first.publication
    }
}
