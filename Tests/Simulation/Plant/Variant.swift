/// A configuration of the gateway, of which a restart may bring another.
struct Variant: Hashable {
    enum Change: Int, CaseIterable {
        case none, longerWindows, withoutAir, otherTolerance
    }

    let change: Change
    let scenario: Settings

    struct Settings: Hashable {
        var hasFusion: Bool
        var topicLimit: Int
        var seriesLimit: Int
        var batchAge: Int64
    }

    init(_ change: Change, _ scenario: Scenario) {
        self.change = change
        self.scenario = Settings(
            hasFusion: scenario.hasFusion, topicLimit: scenario.topicLimit,
            seriesLimit: scenario.seriesLimit, batchAge: scenario.batchAge)
    }

    var hasAir: Bool { change != .withoutAir }

    /// Microseconds; `nil` for a stream that there is not.
    func windowSize(of stream: String) -> Int64? {
        switch stream {
        case "temp": change == .longerWindows ? 8_000_000 : 4_000_000
        case "air": hasAir ? 5_000_000 : nil
        case "level": 3_000_000
        default: nil
        }
    }

    var yaml: String {
        let fusion = """
            fusions:
              - name: pair
                method: median
                tolerance: \(change == .otherTolerance ? "900ms" : "700ms")
                quorum: 2
                provenance: false
                window: {size: 6s, delay: 2s, idle: 9s}
                aggregates: [count, sum]
                inputs:
                  - {stream: temp, where: {device: d0}}
                  - {stream: temp, where: {device: d1}}

            """
        let air = """
              - name: air
                topic: plant/{device}/air
                payload: json
                fields: {warmth: $.w, humidity: $.h}
                time: {path: $.t, format: ms}
                window: {size: 5s, delay: 1s}
                aggregates: [count, sum, min, max]

            """
        return """
            gateway: gateway-1
            storage: {directory: /simulated}
            broker: {host: h, authorities: a, certificate: b, key: c}
            uplink: {endpoint: "https://h", authorities: a, certificate: b, key: c}
            limits: {topics: \(scenario.topicLimit), series: \(scenario.seriesLimit), \
            payload: \(Scenario.payloadLimit), dead_letters: 3}
            streams:
              - name: temp
                topic: plant/{device}/temp
                payload: json
                value: $.v
                time: {path: $.t, format: ms}
                window: {size: \(change == .longerWindows ? "8s" : "4s"), delay: 1s, idle: 10s}
                aggregates: [count, sum, min, max]
              - name: level
                topic: tank/{tank}
                payload: number
                window: {size: 3s, delay: 500ms, idle: 6s}
                aggregates: [count, sum, min, max]

            """ + (hasAir ? air : "") + (scenario.hasFusion ? fusion : "")
    }
}
