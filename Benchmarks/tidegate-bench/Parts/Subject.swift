internal import Rig

/// What is measured: something that subscribes to a broker and takes what comes.
protocol Subject {
    var process: ChildProcess { get }

    /// Blocks until it takes messages.
    func waitUntilSubscribed() throws

    /// Blocks until that many messages have come: the monotonic time at which they had.
    func waitUntilReceived(_ messages: Int) throws -> Double
}

enum SubjectKind: String, CaseIterable {
    case bare
    case gateway
}
