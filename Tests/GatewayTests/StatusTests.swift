import Console
import Testing

@Suite struct StatusTests {
    @Test func goesThroughJSON() throws {
        var status = GatewayStatus(gateway: "g")
        status.broker.connected = true
        status.outbox.batchRecords = 7
        status.uplink.trouble = "a \"quoted\" reason"
        let json = try status.json()
        #expect(json.contains("\"batch_records\" : 7"))
        #expect(try GatewayStatus(json: Array(json.utf8)) == status)
    }

    @Test func eachMetricHasHelpAndTypeAndOneValue() {
        let lines = GatewayStatus(gateway: "g").prometheus.split(separator: "\n")
        let samples = lines.filter { !$0.hasPrefix("#") }
        let names = samples.map { $0.prefix { $0 != " " && $0 != "{" } }
        for name in Set(names) {
            #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") })
            #expect(lines.contains { $0.hasPrefix("# TYPE \(name) ") })
        }
        #expect(samples.contains("tidegate_broker_connected 0"))
        #expect(samples.contains("tidegate_uplink_state{state=\"closed\"} 1"))
    }

    @Test func obstaclesSayWhy() {
        var status = GatewayStatus(gateway: "g")
        status.broker.trouble = "Connection refused"
        #expect(status.obstacles == ["broker: not connected (Connection refused)"])
        status.broker.connected = true
        #expect(status.obstacles.isEmpty)
    }
}
