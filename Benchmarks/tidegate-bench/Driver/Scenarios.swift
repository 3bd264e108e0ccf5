internal import Foundation
internal import Rig

/// The loads, each given to one subject at a time.
struct Scenarios {
    let certificates: Certificates
    let isQuick: Bool

    init(isQuick: Bool, in workspace: Workspace) throws {
        certificates = try Certificates(
            in: workspace,
            names: ["broker", "gateway-1", "gateway-1-publisher", "load", "receiver"])
        self.isQuick = isQuick
    }

    /// Fed by the flood broker: the subject's own limit.
    func flood(_ kind: SubjectKind) throws -> Measurement {
        let messages = scaled(500_000)
        return try inWorkspace { workspace in
            let (broker, port) = try floodBroker(["--messages", "\(messages)"], in: workspace)
            let subject = try subject(kind, brokerPort: port, messages: messages, in: workspace)
            let (start, before) = try flow(from: broker, to: subject)
            let end = try finish(of: broker, messages: messages)
            let after = try ProcessFigures(of: subject.process)
            // What was acknowledged was also counted.
            _ = try subject.waitUntilReceived(messages)
            return Measurement(messages: messages, seconds: end - start, from: before, to: after)
        }
    }

    /// Behind mosquitto, as fast as it goes.
    func mosquitto(_ kind: SubjectKind) throws -> Measurement {
        try behindMosquitto(kind, messages: scaled(250_000), [])
    }

    /// Behind mosquitto at 5,000 messages a second.
    func steady(_ kind: SubjectKind) throws -> Measurement {
        // The bare subscriber writes nothing: half the time says what it costs.
        let messages = scaled(kind == .gateway ? 150_000 : 75_000)
        return try behindMosquitto(kind, messages: messages, ["--rate", "5000"])
    }

    /// Bytes on the wire a window: 200 sensors, 10 readings a window.
    func wire() throws -> Double {
        let windows = scaled(100_000)
        let messages = windows * 10
        return try inWorkspace { workspace in
            let (broker, port) = try floodBroker(
                ["--messages", "\(messages)", "--sensors", "200", "--event-rate", "1"],
                in: workspace)
            let gateway = try Gateway(
                brokerPort: port, settings: Settings(idle: "4s", batchAge: "20s"),
                certificates: certificates, in: workspace)
            _ = try flow(from: broker, to: gateway)
            _ = try finish(of: broker, messages: messages)
            return try gateway.waitUntilShipped(windows: windows)
        }
    }

    private func behindMosquitto(
        _ kind: SubjectKind, messages: Int, _ pace: [String]
    ) throws -> Measurement {
        try inWorkspace { workspace in
            let broker = try mosquitto(in: workspace)
            defer { broker.process.killAndWait() }
            let subject = try subject(
                kind, brokerPort: broker.port, messages: messages, in: workspace)
            try subject.waitUntilSubscribed()
            let before = try ProcessFigures(of: subject.process)
            let load = try Part(
                "load", ["--port", "\(broker.port)", "--messages", "\(messages)"] + pace,
                certificates: certificates, in: workspace)
            guard case .started(let start) = try load.report("the load to start") else {
                throw BenchError("the load did not start")
            }
            _ = try finish(of: load, messages: messages)
            let end = try subject.waitUntilReceived(messages)
            let after = try ProcessFigures(of: subject.process)
            return Measurement(messages: messages, seconds: end - start, from: before, to: after)
        }
    }

    /// The real broker as broker-config has it, but for an access list that lets one load
    /// generator speak for all sensors.
    func mosquitto(in workspace: Workspace) throws -> Broker {
        let accessList = workspace.path("acl")
        let users = [
            "gateway-1": ["read plant/#"], "gateway-1-publisher": ["write tidegate/#"],
            "load": ["write plant/#", "read tidegate/#"],
        ]
        let blocks = users.sorted { $0.key < $1.key }.map { user, topics in
            "user \(user)\n" + topics.map { "topic \($0)\n" }.joined()
        }
        try blocks.joined()
            .write(toFile: accessList, atomically: true, encoding: .utf8)
        return try Broker(
            in: workspace, certificates: certificates, port: Port.free(1)[0],
            accessList: accessList)
    }

    func floodBroker(
        _ arguments: [String], in workspace: Workspace
    ) throws -> (Part, port: Int) {
        let broker = try Part("flood-broker", arguments, certificates: certificates, in: workspace)
        guard case .listening(let port) = try broker.report("the flood broker to listen") else {
            throw BenchError("the flood broker did not listen")
        }
        return (broker, port)
    }

    private func subject(
        _ kind: SubjectKind, brokerPort: Int, messages: Int, in workspace: Workspace
    ) throws -> any Subject {
        switch kind {
        case .bare:
            try Bare(
                brokerPort: brokerPort, messages: messages, certificates: certificates,
                in: workspace)
        case .gateway:
            try Gateway(brokerPort: brokerPort, certificates: certificates, in: workspace)
        }
    }

    /// When the flood began, and what the subject had used by then.
    func flow(
        from broker: Part, to subject: any Subject
    ) throws -> (start: Double, before: ProcessFigures) {
        guard case .subscribed = try broker.report("a subscription at the flood broker") else {
            throw BenchError("nobody subscribed:\n\(subject.process.tail())")
        }
        let before = try ProcessFigures(of: subject.process)
        try subject.waitUntilSubscribed()
        guard case .started(let start) = try broker.report("the flood to start") else {
            throw BenchError("the flood did not start")
        }
        return (start, before)
    }

    func finish(of source: Part, messages: Int) throws -> Double {
        let report = try source.report("the last acknowledgement", within: 180)
        guard case .finished(messages, let end) = report else {
            throw BenchError("not all of \(messages) messages were acknowledged: \(report)")
        }
        return end
    }

    /// Kept where something goes wrong, for its logs.
    func inWorkspace<T>(_ body: (Workspace) throws -> T) throws -> T {
        let workspace = try Workspace(name: "bench")
        do {
            let result = try body(workspace)
            workspace.remove()
            return result
        } catch {
            throw BenchError("\(error)\nThe logs are in \(workspace.folder.path)")
        }
    }

    func scaled(_ messages: Int) -> Int { isQuick ? messages / 10 : messages }
}
