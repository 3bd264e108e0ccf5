internal import Foundation

/// The series and the beginning of a window: what there must be one of.
struct WindowKey: Hashable, Comparable, CustomStringConvertible {
    let stream: String
    let labels: [String: String]
    /// Milliseconds since 1970.
    let start: Int64

    var description: String {
        let labels = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let moment = Date(timeIntervalSince1970: Double(start) / 1_000)
        return "\(stream){\(labels.joined(separator: ","))} \(moment.ISO8601Format())"
    }

    static func < (left: WindowKey, right: WindowKey) -> Bool {
        (left.start, left.description) < (right.start, right.description)
    }
}
