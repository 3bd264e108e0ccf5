/// A topic, and the numbers of its series by field once they are known.
struct TopicRoute: Sendable {
    /// `nil` where no stream's pattern matches.
    var stream: Int?
    /// Whether the stream's messages themselves say what they hold, log lines included.
    var isRecognised = false
    /// The name of the alarm that messages here acknowledge.
    var acknowledges: String?
    var labels: [Series.Label] = []
    var series: [SeriesID?] = []
}
