/// A Kalman filter of one quantity: its level, and for constant velocity its slope a second
/// (Bar-Shalom, Li, Kirubarajan, "Estimation with Applications to Tracking and Navigation",
/// 2001, chapter 5).
struct KalmanFilter: Hashable, Sendable {
    enum Stage: UInt8, Sendable {
        case empty = 0
        /// One round has come, which says nothing about the slope.
        case level = 1
        case running = 2
    }

    private(set) var stage = Stage.empty
    private(set) var level = 0.0
    private(set) var slope = 0.0
    /// The covariance of level and slope.
    private(set) var levelVariance = 0.0
    private var covariance = 0.0
    private var slopeVariance = 0.0
    private var time = Timestamp.epoch
    /// Rounds in a row in which nothing passed the gate.
    var rejections: UInt32 = 0

    /// Begins with a mean of `variance`.
    mutating func begin(_ mean: Double, variance: Double, at time: Timestamp) {
        self = KalmanFilter()
        stage = .level
        level = mean
        levelVariance = variance
        self.time = time
    }

    /// Goes on to `time`. A time that has passed leaves everything as it is.
    ///
    /// - Parameter variance: of the mean of a whole round.
    mutating func predict(
        to time: Timestamp, _ model: FusionPlan.Kalman.Model, variance: Double
    ) {
        let seconds = Double(max(0, time - self.time)) / 1e6
        self.time = max(time, self.time)
        switch model {
        case .randomWalk(.density(let density)):
            levelVariance += density * seconds
        case .randomWalk(.timeConstant(let constant)):
            // With this noise the gain settles at dt / (constant + dt).
            let span = Double(constant) / 1e6
            levelVariance += variance * seconds * seconds / (span * (span + seconds))
        case .constantVelocity(let density):
            guard stage == .running else { return }
            let square = seconds * seconds
            level += slope * seconds
            levelVariance +=
                2 * seconds * covariance + square * slopeVariance + density * square * seconds / 3
            covariance += seconds * slopeVariance + density * square / 2
            slopeVariance += density * seconds
        }
    }

    /// The squared distance of a measurement from the prediction, in units of its variance.
    func normalizedInnovation(_ value: Double, variance: Double) -> Double {
        let innovation = value - level
        return innovation * innovation / (levelVariance + variance)
    }

    mutating func update(_ value: Double, variance: Double) {
        let innovation = value - level
        let total = levelVariance + variance
        let gain = levelVariance / total
        let slopeGain = covariance / total
        level += gain * innovation
        slope += slopeGain * innovation
        slopeVariance -= slopeGain * covariance
        covariance *= 1 - gain
        levelVariance *= 1 - gain
    }

    /// The second round: level and slope by two points (Bar-Shalom 2001, 5.5.3).
    mutating func beginSlope(
        _ mean: Double, variance: Double, at time: Timestamp, density: Double
    ) {
        let seconds = Double(max(0, time - self.time)) / 1e6
        guard seconds > 0 else {
            update(mean, variance: variance)
            return
        }
        slope = (mean - level) / seconds
        slopeVariance = (levelVariance + variance) / (seconds * seconds) + density * seconds / 3
        covariance = variance / seconds
        level = mean
        levelVariance = variance
        self.time = time
        stage = .running
    }

    mutating func run() { stage = .running }

    /// Whether it can go on: after extreme values it can't.
    var isSound: Bool {
        level.magnitude <= Number.largest && slope.isFinite && covariance.isFinite
            && levelVariance.isFinite && levelVariance >= 0 && slopeVariance.isFinite
            && slopeVariance >= 0
    }
}

extension KalmanFilter {
    func encode(into writer: inout ByteWriter) {
        writer.byte(stage.rawValue)
        writer.time(time)
        writer.varint(UInt64(rejections))
        for value in [level, slope, levelVariance, covariance, slopeVariance] {
            writer.double(value)
        }
    }

    init(from reader: inout ByteReader) throws(FormatError) {
        let code = try reader.byte()
        guard let stage = Stage(rawValue: code) else { throw .malformed("a filter \(code)") }
        self.stage = stage
        time = try reader.time()
        guard let rejections = UInt32(exactly: try reader.varint()), rejections <= .max / 2 else {
            throw .malformed("a filter that rejects forever")
        }
        self.rejections = rejections
        level = try reader.double()
        slope = try reader.double()
        levelVariance = try reader.double()
        covariance = try reader.double()
        slopeVariance = try reader.double()
        guard isSound else { throw .malformed("a filter at \(level)") }
    }
}
