/// The loads, each given to one subject at a time.
struct Scenarios {
    let workshop: Workshop
    let isQuick: Bool

    /// Fed by the flood broker: the subject's own limit.
    func flood(_ kind: SubjectKind) throws -> Measurement {
        let messages = scaled(500_000)
        let directory = try workshop.directory.make("flood-\(kind)")
        let (broker, port) = try floodBroker(["--messages", "\(messages)"], in: directory)
        let subject = try subject(kind, brokerPort: port, messages: messages, in: directory)
        let (start, before) = try flow(from: broker, to: subject)
        let end = try finish(of: broker, messages: messages)
        let after = try subject.child.figures
        subject.child.stop()
        return Measurement(messages: messages, seconds: end - start, from: before, to: after)
    }

    /// Behind mosquitto, as fast as it goes.
    func mosquitto(_ kind: SubjectKind) throws -> Measurement {
        try behindMosquitto(kind, "mosquitto", messages: scaled(250_000), [])
    }

    /// Behind mosquitto at 5,000 messages a second.
    func steady(_ kind: SubjectKind) throws -> Measurement {
        // The bare subscriber writes nothing: half the time says what it costs.
        let messages = scaled(kind == .gateway ? 150_000 : 75_000)
        return try behindMosquitto(kind, "steady", messages: messages, ["--rate", "5000"])
    }

    /// Bytes on the wire a window: 200 sensors, 10 readings a window.
    func wire() throws -> Double {
        let directory = try workshop.directory.make("wire")
        let sensors = 200
        let windows = scaled(100_000)
        let messages = windows * 10
        let (broker, port) = try floodBroker(
            ["--messages", "\(messages)", "--sensors", "\(sensors)", "--event-rate", "1"],
            in: directory)
        let gateway = try Gateway(
            workshop, brokerPort: port, settings: Settings(idle: "4s", batchAge: "20s"),
            in: directory)
        _ = try flow(from: broker, to: gateway)
        _ = try finish(of: broker, messages: messages)
        return try gateway.waitUntilShipped(windows: windows)
    }

    private func behindMosquitto(
        _ kind: SubjectKind, _ name: String, messages: Int, _ pace: [String]
    ) throws -> Measurement {
        let directory = try workshop.directory.make("\(name)-\(kind)")
        let broker = try Mosquitto(workshop, in: directory)
        let subject = try subject(kind, brokerPort: broker.port, messages: messages, in: directory)
        try subject.waitUntilSubscribed()
        let before = try subject.child.figures
        let load = try workshop.part(
            "load", ["--port", "\(broker.port)", "--messages", "\(messages)"] + pace,
            in: directory)
        guard case .started(let start) = try load.report(within: 20) else {
            throw BenchError("the load does not start; \(load.lastWords)")
        }
        _ = try finish(of: load, messages: messages)
        let end = try subject.waitUntilReceived(messages)
        let after = try subject.child.figures
        subject.child.stop()
        broker.stop()
        return Measurement(messages: messages, seconds: end - start, from: before, to: after)
    }

    private func floodBroker(
        _ arguments: [String], in directory: Directory
    ) throws -> (Child, port: Int) {
        let broker = try workshop.part("flood-broker", arguments, in: directory)
        guard case .listening(let port) = try broker.report(within: 10) else {
            throw BenchError("the flood broker does not listen; \(broker.lastWords)")
        }
        return (broker, port)
    }

    private func subject(
        _ kind: SubjectKind, brokerPort: Int, messages: Int, in directory: Directory
    ) throws -> any Subject {
        switch kind {
        case .bare:
            try Bare(workshop, brokerPort: brokerPort, messages: messages, in: directory)
        case .gateway: try Gateway(workshop, brokerPort: brokerPort, in: directory)
        }
    }

    /// When the flood began, and what the subject had used by then.
    private func flow(
        from broker: Child, to subject: any Subject
    ) throws -> (start: Double, before: ProcessFigures) {
        guard case .subscribed = try broker.report(within: 20) else {
            throw BenchError("nobody subscribes; \(subject.child.lastWords)")
        }
        let before = try subject.child.figures
        guard case .started(let start) = try broker.report(within: 20) else {
            throw BenchError("the flood does not start; \(broker.lastWords)")
        }
        return (start, before)
    }

    private func finish(of source: Child, messages: Int) throws -> Double {
        guard case .finished(messages, let end) = try source.report(within: 180) else {
            throw BenchError("\(source.name): not all \(messages) messages were acknowledged")
        }
        return end
    }

    private func scaled(_ messages: Int) -> Int { isQuick ? messages / 10 : messages }
}
