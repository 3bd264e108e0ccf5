internal import Core

/// What the broker handed over last, in the broker's order.
struct HandoverLog: Sendable {
    /// Half of the packet ids: so far back a packet id means one message.
    static let span = 32_768
    /// Beyond the span only what came within the last minute is kept, and so many at most.
    static let limit = 262_144
    private static let minute: Int64 = 60
    /// Packet ids are 1 to this.
    static let highestID = 65_535

    /// The packet id in the upper 16 bits, the hash's lower 48 below.
    private var words: [UInt64] = []
    private var seconds: [Int64] = []
    /// Places before this one are free.
    private var start = 0

    var count: Int { words.count - start }
    var isEmpty: Bool { count == 0 }
    var newestID: UInt16? { isEmpty ? nil : words.last.map(Self.id) }
    func id(at place: Int) -> UInt16 { Self.id(words[start + place]) }

    private static func id(_ word: UInt64) -> UInt16 { UInt16(word >> 48) }

    private static let hashBits: UInt64 = 0xffff_ffff_ffff

    private static func word(_ id: UInt16, _ hash: UInt64) -> UInt64 {
        UInt64(id) << 48 | hash & hashBits
    }

    /// From one packet id to another, forward: 0 to 65,534.
    static func distance(from: UInt16, to: UInt16) -> Int {
        (Int(to) - Int(from) + highestID) % highestID
    }

    func holds(_ id: UInt16, _ hash: UInt64, at place: Int) -> Bool {
        words[start + place] == Self.word(id, hash)
    }

    /// What comes to the same when it is restored, entry by entry.
    var journal: JournalBlock {
        var block = JournalBlock()
        for index in start..<words.count {
            let id = Self.id(words[index])
            let time = Timestamp(microseconds: seconds[index] * 1_000_000)
            // It stands behind the one before it, whatever their numbers.
            let isNext = index > start && Self.id(before: id) == Self.id(words[index - 1])
            if !isNext { block.append(dropped: 0, at: time) }
            block.append(known: id, hash: words[index] & Self.hashBits, at: time)
        }
        return block
    }

    // MARK: Looking back

    /// The newest place of it among the newest so many, or at `first` and behind it.
    func place(of id: UInt16, _ hash: UInt64, from first: Int = 0) -> Int? {
        words[(start + first)...].lastIndex(of: Self.word(id, hash)).map { $0 - start }
    }

    /// Whether this content stands for itself: fewer than one of 64 messages has it.
    func isTelling(_ hash: UInt64) -> Bool {
        let wanted = Self.word(0, hash)
        let same = words[start...].count { $0 & Self.hashBits == wanted }
        return same * 64 < count
    }

    /// Whether all that is here comes before this id.
    func isBehind(_ id: UInt16) -> Bool {
        newestID.map { (1...Self.span).contains(Self.distance(from: $0, to: id)) } ?? true
    }

    /// The place behind which ids were passed over, this one first.
    func hole(for id: UInt16) -> Int? {
        let before = Self.id(before: id)
        let recent = words[max(start, words.count - Self.span)...]
        guard let index = recent.lastIndex(where: { Self.id($0) == before }) else { return nil }
        let place = index - start
        return hasHole(behind: place, for: id) ? place : nil
    }

    func hasHole(behind place: Int, for id: UInt16) -> Bool {
        place + 1 < count && self.id(at: place) == Self.id(before: id)
            && self.id(at: place + 1) != id
    }

    static func id(before id: UInt16) -> UInt16 { id == 1 ? UInt16(highestID) : id - 1 }

    // MARK: Writing

    /// - Parameter time: `nil` where it is not known: that of the one before.
    mutating func append(_ id: UInt16, _ hash: UInt64, at time: Timestamp?) {
        let second = time.map { $0.microseconds / 1_000_000 } ?? seconds.last ?? 0
        words.append(Self.word(id, hash))
        seconds.append(second)
        while count > Self.span,
            count > Self.limit || seconds[start] < second - Self.minute
        { start += 1 }
        if start > Self.span, start > count { compact() }
    }

    mutating func insert(_ id: UInt16, _ hash: UInt64, at place: Int) {
        words.insert(Self.word(id, hash), at: start + place)
        seconds.insert(seconds[start + place], at: start + place)
    }

    mutating func removeLast() {
        words.removeLast()
        seconds.removeLast()
    }

    private mutating func compact() {
        words.removeFirst(start)
        seconds.removeFirst(start)
        start = 0
    }
}
