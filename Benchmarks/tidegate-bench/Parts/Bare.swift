internal import Rig

/// The bare subscriber, as a process.
struct Bare: Subject {
    private let part: Part

    init(
        brokerPort: Int, messages: Int, certificates: Certificates, in workspace: Workspace
    ) throws {
        part = try Part(
            "bare-subscriber", ["--port", "\(brokerPort)", "--messages", "\(messages)"],
            certificates: certificates, in: workspace)
    }

    var process: ChildProcess { part.process }

    func waitUntilSubscribed() throws {
        guard case .subscribed = try part.report("the bare subscriber to subscribe") else {
            throw BenchError("the bare subscriber did not subscribe")
        }
    }

    func waitUntilReceived(_ messages: Int) throws -> Double {
        let report = try part.report("the bare subscriber's last message", within: 120)
        guard case .finished(messages, let end) = report else {
            throw BenchError("the bare subscriber did not get \(messages) messages: \(report)")
        }
        return end
    }
}
