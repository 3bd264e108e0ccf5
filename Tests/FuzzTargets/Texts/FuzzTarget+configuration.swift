internal import Core
internal import Gateway

extension FuzzTarget {
    /// A configuration, and after a NUL what the environment says above it.
    static let configuration = FuzzTarget(
        "configuration", maximumLength: 4_096, seeds: configurationSeeds
    ) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let text = String(decoding: input.until(0), as: UTF8.self)
        var environment: [String: String] = [:]
        for name in variables {
            environment[name] = String(decoding: input.until(0), as: UTF8.self)
        }
        let read: GatewayConfiguration
        do throws(Mistakes) {
            read = try ConfigurationReader.read(
                text: text, file: "folder/tidegate.yaml", environment: environment)
        } catch {
            try require(!error.list.isEmpty, "refused without a mistake")
            for mistake in error.list {
                try require(!mistake.problem.isEmpty, "a mistake without words")
            }
            return
        }
        try require(!read.summary.isEmpty, "no summary")
        let plan = try must("read again from the store") {
            try ConfigurationReader.plan(of: text)
        }
        try require(plan == read.plan, "another plan when it is read again from the store")
        try require(read.uplink.timeout > 0 && read.uplink.retryMaximum > 0, "a wait of nothing")
        try check(plan)
    }

    private static let variables = [
        "EDGE_STORAGE_DIR", "CLOUD_ENDPOINT", "DEVICE_KEY_REF", "SYNC_MAX_RETRIES",
        "SYNC_RETRY_BASE_MS", "LOG_LEVEL", "METRICS_PORT",
    ]

    /// A plan that was taken must be one that the core can live with.
    private static func check(_ plan: Plan) throws(Violation) {
        var engine = Engine(plan: plan)
        var effects = Effects()
        var time = Timestamp(microseconds: 1_763_932_774_000_000)
        for stream in plan.streams {
            let name = stream.pattern.levels.map { level -> String in
                if case .literal(let bytes) = level {
                    return String(decoding: bytes, as: UTF8.self)
                }
                return "x"
            }.joined(separator: "/")
            let topic = Array(name.utf8)
            if engine.find(topic.span) == nil { _ = engine.add(topic: topic.span) }
            guard let id = engine.find(topic.span) else { throw Violation("a topic is not kept") }
            for payload in ["1.5", #"{"value":1.5,"ts":1}"#] {
                let bytes = Array(payload.utf8)
                engine.receive(topic: id, payload: bytes.span, at: time, into: &effects)
            }
        }
        for _ in 0..<3 {
            time = time + 1_000_000_000_000_000
            _ = engine.tick(at: time, into: &effects)
        }
        engine.reconfigure(plan, into: &effects)
        try check(effects)
    }
}
