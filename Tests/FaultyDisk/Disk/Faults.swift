/// What is to go wrong, and when. Operations are counted from 1, over the disk's life.
struct Faults {
    var cut: FaultyDisk.Moment?
    var failing: [FaultyDisk.Operation: ClosedRange<Int>] = [:]
    /// From this write on there is no room.
    var fullFrom: Int?
    /// Bytes.
    var capacity: Int?
}
