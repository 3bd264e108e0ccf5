extension GatewayStatus {
    /// Prometheus' text exposition format 0.0.4.
    package var prometheus: String {
        var text = ""
        func metric(_ name: String, _ kind: String, _ help: String, _ value: some Numeric) {
            text += "# HELP tidegate_\(name) \(help)\n# TYPE tidegate_\(name) \(kind)\n"
            text += "tidegate_\(name) \(value)\n"
        }
        func counter(_ name: String, _ value: UInt64, _ help: String) {
            metric(name, "counter", help, value)
        }
        func gauge(_ name: String, _ value: some Numeric, _ help: String) {
            metric(name, "gauge", help, value)
        }
        gauge("broker_connected", broker.connected ? 1 : 0, "1 while the broker session is up.")
        counter("broker_connections_total", broker.connections, "Connections made.")
        counter("messages_total", broker.messages, "New messages committed.")
        counter("messages_redelivered_total", broker.redelivered, "Handed over again, not counted.")
        counter("messages_retained_total", broker.retained, "Retained from before, not counted.")
        counter(
            "messages_dropped_by_broker_total", broker.dropped, "Dropped by the broker's queue.")
        counter(
            "broker_sessions_lost_total", broker.sessionsLost,
            "Connections on which the broker no longer knew the session.")
        gauge("topics", core.topics, "Topics seen.")
        gauge("series", core.series, "Series known.")
        counter("readings_total", core.readings, "Readings counted into windows.")
        counter("windows_total", core.windows, "Windows closed.")
        gauge("open_windows", core.openWindows, "Series with an open window.")
        counter("readings_late_total", core.late, "Readings after their window had closed.")
        counter("samples_total", core.samples, "Readings shipped as they are.")
        counter("events_total", core.events, "Alarms that came or went, sensors in need.")
        gauge("alarms", core.alarms, "Alarms that are not over.")
        counter("messages_undecodable_total", core.undecodable, "Messages not understood.")
        counter("messages_refused_total", core.refused, "Messages beyond a limit.")
        counter("commits_total", store.commits, "Transactions committed.")
        counter("snapshots_total", store.snapshots, "Snapshots of the core's state.")
        gauge("store_healthy", store.trouble == nil ? 1 : 0, "0 while commits fail.")
        gauge("store_bytes", store.fileBytes, "Size of the store's file.")
        gauge("dead_letters", store.deadLetters, "Undecodable messages kept.")
        gauge("set_aside", store.setAside, "Records and batches set aside.")
        gauge("outbox_records", outbox.records, "Records not yet in a batch.")
        gauge("outbox_batches", outbox.batches, "Batches not yet confirmed.")
        counter("batches_accepted_total", uplink.accepted, "Batches the receiver holds.")
        counter("batches_resent_total", uplink.resent, "Batches sent again.")
        counter("batches_set_aside_total", uplink.setAside, "Batches refused for good.")
        counter("uplink_failures_total", uplink.failures, "Failed attempts to send.")
        counter("uplink_bytes_total", uplink.bytesSent, "Bytes of batches sent.")
        if let publisher {
            gauge(
                "publisher_connected", publisher.connected ? 1 : 0,
                "1 while the connection that publishes is up.")
            counter("published_total", publisher.published, "Messages that the broker took.")
            counter(
                "publications_lost_total", publisher.dropped + publisher.refused,
                "Messages for the broker that were lost.")
            gauge("publications_waiting", publisher.queued, "Messages that wait for the broker.")
        }
        text += "# HELP tidegate_uplink_state 1 for the state that the uplink is in.\n"
        text += "# TYPE tidegate_uplink_state gauge\n"
        for state in ["closed", "ready", "backing_off", "broken"] {
            text += "tidegate_uplink_state{state=\"\(state)\"} \(state == uplink.state ? 1 : 0)\n"
        }
        text +=
            "# HELP tidegate_gaps_total Sums of what gap records count, since the store began.\n"
        text += "# TYPE tidegate_gaps_total counter\n"
        for (cause, sum) in gaps.sorted(by: { $0.key < $1.key }) {
            text += "tidegate_gaps_total{cause=\"\(cause)\"} \(sum)\n"
        }
        return text
    }
}
