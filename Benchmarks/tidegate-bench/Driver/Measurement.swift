/// One subject under one load.
struct Measurement {
    var messages: Int
    /// From the first PUBLISH to the last acknowledgement, or to the last arrival.
    var seconds: Double
    var cpu: Double
    var written: Double
    var peakRSS: Double
    var anonymousRSS: Double

    init(messages: Int, seconds: Double, from before: ProcessFigures, to after: ProcessFigures) {
        self.messages = messages
        self.seconds = seconds
        cpu = after.cpu - before.cpu
        written = after.written - before.written
        peakRSS = after.peakRSS
        anonymousRSS = max(before.anonymousRSS, after.anonymousRSS)
    }

    var rate: Double { Double(messages) / seconds }
    var cpuMicroseconds: Double { cpu * 1e6 / Double(messages) }
    var bytesWritten: Double { written / Double(messages) }
}
