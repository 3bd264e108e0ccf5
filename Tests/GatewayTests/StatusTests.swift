import Console
import Gateway
import Testing

@Suite struct StatusTests {
    @Test func goesThroughJSON() throws {
        var status = GatewayStatus(gateway: "g")
        status.broker.connected = true
        status.outbox.batchRecords = 7
        status.uplink.trouble = "a \"quoted\" reason"
        status.gaps = ["broker_dropped": 3, "late": 0]
        let json = try status.json()
        #expect(json.contains("\"batch_records\" : 7"))
        #expect(json.contains("\"broker_dropped\" : 3"))
        #expect(try GatewayStatus(json: Array(json.utf8)) == status)
    }

    @Test func eachMetricHasHelpAndTypeAndOneValue() {
        var status = GatewayStatus(gateway: "g")
        status.gaps = ["late": 4, "broker_dropped": 0]
        let lines = status.prometheus.split(separator: "\n")
        let samples = lines.filter { !$0.hasPrefix("#") }
        let names = samples.map { $0.prefix { $0 != " " && $0 != "{" } }
        for name in Set(names) {
            #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") })
            #expect(lines.contains { $0.hasPrefix("# TYPE \(name) ") })
        }
        #expect(samples.contains("tidegate_broker_connected 0"))
        #expect(samples.contains("tidegate_gaps_total{cause=\"broker_dropped\"} 0"))
        #expect(samples.contains("tidegate_gaps_total{cause=\"late\"} 4"))
        #expect(samples.contains("tidegate_uplink_state{state=\"closed\"} 1"))
    }

    /// For a person at 3 a.m.: what is not zero, the most first.
    @Test func gapsAreSaidInALine() {
        var status = GatewayStatus(gateway: "g")
        #expect(StatusReport.running(status).text.contains("\ngaps     none"))
        status.gaps = ["late": 4, "topic_limit": 0, "broker_dropped": 1_200]
        for report in [StatusReport.running(status), .stopped(status)] {
            #expect(
                report.text.contains(
                    "\ngaps     broker_dropped 1200, late 4; since this store began"))
        }
    }

    @Test func obstaclesSayWhy() {
        var status = GatewayStatus(gateway: "g")
        status.broker.trouble = "Connection refused"
        #expect(status.obstacles == ["broker: not connected (Connection refused)"])
        status.broker.connected = true
        #expect(status.obstacles.isEmpty)
    }
}
