internal import Core

/// What came on one topic.
struct LearnedTopic: Sendable {
    struct Metric: Sendable {
        var unit: String?
        var least = Double.infinity
        var most = -Double.infinity
        var series: Set<[String]> = []
        var isCounter = false
    }

    private(set) var messages = 0
    private(set) var metrics: [String: Metric] = [:]
    /// Why something of it is no reading; the first reason.
    private(set) var problem: String?
    /// Whether each payload is one number and nothing else.
    private(set) var isNumber = true

    mutating func take(_ decoded: Decoded, payload: [UInt8]) {
        messages += 1
        problem = problem ?? decoded.problems.first
        if decoded.readings.count != 1 || Number(parsing: payload.span) == nil { isNumber = false }
        for reading in decoded.readings {
            let value: Double
            switch reading.value {
            case .number(let number): value = number.double
            case .flag(let flag): value = flag ? 1 : 0
            case .text: continue
            }
            // Of one message of very many metrics the first thousand tell enough.
            guard metrics[reading.metric] != nil || metrics.count < 1_000 else { continue }
            var metric = metrics[reading.metric] ?? Metric()
            metric.unit = metric.unit ?? reading.unit
            metric.least = min(metric.least, value)
            metric.most = max(metric.most, value)
            metric.isCounter = metric.isCounter || reading.isCounter
            metric.series.insert(reading.labels.map(\.value))
            metrics[reading.metric] = metric
        }
    }
}
