internal import Core
internal import Simulator

/// What the seed makes of a run: the plant, how patient everybody is, and which faults come.
struct Scenario {
    var duration: Microseconds
    var sensors: [Sensor]
    /// Of each sensor in order, how late it begins.
    var beginnings: [Microseconds]
    /// Messages that are no reading, in a thousand.
    var rubbish: UInt64
    var hasFusion: Bool
    var topicLimit: Int
    var seriesLimit: Int
    var commitMessages: Int
    var commitInterval: Microseconds
    var brokerInflight: Int
    var brokerQueue: Int
    /// Acknowledgements that the broker has not looked at.
    var brokerLag: Int
    /// Where the packet ids begin.
    var firstNumber: UInt64
    var batchSize: Int
    var batchAge: Microseconds
    var snapshotBytes: Int
    /// Requests that go wrong, in a thousand.
    var badLink: UInt64
    var faults: [Fault]
    var faultInterval: Microseconds
    /// Nothing about time is out of order: no reading may be late.
    var isOrderly: Bool

    static let payloadLimit = 200

    init(using generator: inout SplitMix) {
        func draw(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
        duration = Microseconds(draw(8...30)) * 1_000_000
        isOrderly = draw(0...2) == 0
        hasFusion = draw(0...1) == 0
        topicLimit = draw(0...3) == 0 ? 4 : 1_000
        seriesLimit = draw(0...3) == 0 && !hasFusion ? 5 : 1_000
        rubbish = draw(0...2) == 0 ? 100 : 10
        commitMessages = [5, 20, 200][draw(0...2)]
        commitInterval = Microseconds([20, 200, 1_000][draw(0...2)]) * 1_000
        brokerInflight = [1, 5, 20, 1_000][draw(0...3)]
        brokerQueue = [3, 15, 1_000, 1_000][draw(0...3)]
        firstNumber = draw(0...2) == 0 ? UInt64(65_535 - draw(0...100)) : 0
        batchSize = [300, 2_000, 50_000][draw(0...2)]
        batchAge = Microseconds([1, 5, 10][draw(0...2)]) * 1_000_000
        snapshotBytes = [100, 2_000, 100_000][draw(0...2)]
        badLink = [0, 100, 400][draw(0...2)]
        faultInterval = Microseconds(draw(2...12)) * 1_000_000
        // A backlog that trickles looks like sensors that are silent.
        if isOrderly { brokerInflight = max(brokerInflight, 20) }
        brokerLag = [0, brokerInflight / 2, brokerInflight - 1][draw(0...2)]
        let isOrderly = isOrderly
        faults = Fault.allCases.filter { fault in
            (!isOrderly || !fault.disturbsTime) && draw(0...1) == 0
        }
        sensors = []
        beginnings = []
        let interval = Microseconds(draw(300...2_000)) * 1_000
        for index in 0..<draw(2...7) {
            // Of the first two the fusion is made.
            let kind = index < 2 ? .temp : Sensor.Kind.allCases[draw(0...2)]
            let clockErrors: [Microseconds] = [
                0, 0, 0, 700_000, -1_500_000, 100_000_000, 400_000_000, -3_000_000_000_000,
            ]
            sensors.append(
                Sensor(
                    kind: kind, name: "d\(index)",
                    interval: interval * Microseconds(draw(5...15)) / 10,
                    clockError: isOrderly ? 0 : clockErrors[draw(0...7)],
                    jitter: isOrderly ? 0 : Microseconds([0, 500, 4_000][draw(0...2)]) * 1_000,
                    isRetained: draw(0...4) == 0, isAcknowledged: draw(0...9) != 0))
            beginnings.append(
                draw(0...2) == 0 ? .random(in: 0...duration, using: &generator) : 0)
        }
    }
}
