internal import Core

extension TrialRun {
    /// The number of the message's topic, a new one if need be; `nil` for a message that the
    /// gateway would not have got, or would have refused as beyond a limit (`Ingest.received`).
    mutating func topic(of message: RecordedMessage, at arrival: Timestamp) -> TopicID? {
        let limits = plan.limits
        let topic = message.topic
        let known = engine.find(topic.span)
        let stream = known == nil ? stream(of: topic) : nil
        guard known != nil || stream != nil || isAcknowledgement(topic) else {
            counts.pass(topic)
            return nil
        }
        guard topic.count <= limits.topicLength else {
            let subject = "\(String(decoding: topic.prefix(64), as: UTF8.self))..."
            return refuse(.tooLarge, subject, "a topic of \(topic.count) bytes", arrival)
        }
        guard message.payload.count <= limits.payload else {
            let detail = "\(message.payload.count) bytes; see 'limits.payload'"
            return refuse(
                .tooLarge, String(decoding: topic, as: UTF8.self), detail, arrival)
        }
        if let known { return known }
        guard engine.topicCount < limits.topics else {
            let detail = "more than \(limits.topics) topics; see 'limits.topics'"
            return refuse(.topicLimit, "topics", detail, arrival)
        }
        counts.add(topicOf: stream)
        return engine.add(topic: topic.span)
    }

    private func stream(of topic: [UInt8]) -> Int? {
        plan.streams.firstIndex { $0.pattern.match(topic.span) != nil }
    }

    private func isAcknowledgement(_ topic: [UInt8]) -> Bool {
        plan.acknowledgement?.match(topic.span) != nil
    }

    private mutating func refuse(
        _ cause: GapRecord.Cause, _ subject: String, _ detail: String, _ time: Timestamp
    ) -> TopicID? {
        counts.refused += 1
        engine.refuse(
            Refusal(
                packetID: 0, hash: 0, cause: cause, subject: subject, detail: detail, time: time))
        return nil
    }
}
