import Core
import Gateway

/// What is read of a message: readings as `metric=value unit labels`, then what is said
/// after `!`.
func decoded(
    _ topic: String, _ payload: String, by profiles: [DeviceProfile] = DeviceProfiles.shipped
) -> [String] {
    var decoder = AutomaticDecoder(profiles: profiles)
    do {
        let decoded = try decoder.decode(
            topic: Array(topic.utf8), payload: Array(payload.utf8).span, now: nil)
        return decoded.readings.map { reading in
            let value =
                switch reading.value {
                case .number(let number): number.description
                case .flag(let flag): "\(flag)"
                case .text(let text): text
                }
            let labels = reading.labels.map { "\($0.name)=\($0.value)" }
            return "\(reading.metric)=\(value) \(reading.unit ?? "-") "
                + labels.joined(separator: ",") + (reading.isCounter ? " counter" : "")
        } + decoded.problems.map { "! \($0)" }
    } catch {
        return ["! \(error)"]
    }
}
