internal import struct Simulator.SplitMix

/// Who is killed, started and cut off when: from the seed alone.
struct KillSchedule: Equatable, Sendable {
    enum End: CaseIterable, Hashable, Sendable { case gateway, receiver }

    enum Deed: Equatable, Sendable {
        case kill(Set<End>)
        case start(End)
        case cutLink
        case restoreLink
    }

    struct Event: Equatable, Sendable {
        /// Milliseconds since the beginning.
        let at: Int
        let deed: Deed
    }

    /// How old a process was when it was killed.
    enum Age: CaseIterable, Hashable, Sendable {
        case starting, recovering, working

        /// Milliseconds since its start.
        var span: ClosedRange<Int> {
            switch self {
            case .starting: 0...50
            case .recovering: 51...300
            case .working: 301...2_500
            }
        }

        /// Of a hundred lives.
        static func random(_ random: inout SplitMix) -> Age {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<25: .starting
            case 25..<40: .recovering
            default: .working
            }
        }
    }

    private(set) var events: [Event] = []
    private(set) var ages: [End: [Age: Int]] = [:]
    private(set) var both = 0
    private(set) var cuts = 0

    /// - Parameter kills: of each end, at least.
    init(kills: Int, seed: UInt64) {
        var random = SplitMix(seed: seed)
        var ends = End.allCases.map { Life(of: $0, random: &random) }
        var link = (isCut: false, next: Int.random(in: 3_000...10_000, using: &random))
        while ends.contains(where: { $0.deaths < kills }) {
            let next = ends.indices.min { ends[$0].next < ends[$1].next }!
            let at = ends[next].next
            if link.next < at {
                append(link.isCut ? .restoreLink : .cutLink, at: link.next)
                if !link.isCut { cuts += 1 }
                let pause = link.isCut ? 5_000...20_000 : 100...4_000
                link = (!link.isCut, link.next + Int.random(in: pause, using: &random))
            } else if let age = ends[next].age {
                let other = 1 - next
                var victims = [next]
                if ends[other].age != nil, Int.random(in: 0..<8, using: &random) == 0 {
                    victims.append(other)
                    both += 1
                }
                count(age, of: ends[next].end)
                if victims.count == 2 { count(ends[other].age(at: at), of: ends[other].end) }
                append(.kill(Set(victims.map { ends[$0].end })), at: at)
                for victim in victims { ends[victim].die(at: at, random: &random) }
            } else {
                append(.start(ends[next].end), at: at)
                ends[next].begin(at: at, random: &random)
            }
        }
        if link.isCut { append(.restoreLink, at: (events.last?.at ?? 0) + 100) }
        for life in ends where life.age == nil {
            append(.start(life.end), at: (events.last?.at ?? 0) + 100)
        }
    }

    /// Of both ends.
    var kills: Int { ages.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

    func kills(of end: End) -> Int { ages[end, default: [:]].values.reduce(0, +) }

    private mutating func append(_ deed: Deed, at time: Int) {
        events.append(Event(at: time, deed: deed))
    }

    private mutating func count(_ age: Age, of end: End) {
        ages[end, default: [:]][age, default: 0] += 1
    }

    /// A process between its start and its death, or the other way round.
    private struct Life {
        let end: End
        /// How old it is to become; `nil` while it is dead.
        var age: Age?
        var began = 0
        /// When it dies, or starts again.
        var next = 0
        var deaths = 0

        /// It was started long ago.
        init(of end: End, random: inout SplitMix) {
            self.end = end
            age = .working
            next = Int.random(in: 1_000...2_000, using: &random)
        }

        mutating func die(at time: Int, random: inout SplitMix) {
            deaths += 1
            age = nil
            let isSoon = Int.random(in: 0..<10, using: &random) < 6
            next = time + Int.random(in: isSoon ? 0...20 : 21...600, using: &random)
        }

        mutating func begin(at time: Int, random: inout SplitMix) {
            let age = Age.random(&random)
            self.age = age
            began = time
            next = time + Int.random(in: age.span, using: &random)
        }

        func age(at time: Int) -> Age {
            Age.allCases.first { $0.span.contains(time - began) } ?? .working
        }
    }
}
