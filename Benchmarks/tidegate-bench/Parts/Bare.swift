/// The bare subscriber, as a process.
struct Bare: Subject {
    let child: Child

    init(_ workshop: Workshop, brokerPort: Int, messages: Int, in directory: Directory) throws {
        child = try workshop.part(
            "bare-subscriber", ["--port", "\(brokerPort)", "--messages", "\(messages)"],
            in: directory)
    }

    func waitUntilSubscribed() throws {
        guard case .subscribed = try child.report(within: 20) else {
            throw BenchError("the bare subscriber does not subscribe; \(child.lastWords)")
        }
    }

    func waitUntilReceived(_ messages: Int) throws -> Double {
        guard case .finished(messages, let end) = try child.report(within: 120) else {
            throw BenchError("the bare subscriber did not get all messages; \(child.lastWords)")
        }
        return end
    }
}
