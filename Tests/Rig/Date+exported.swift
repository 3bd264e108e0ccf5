internal import Foundation

extension Date {
    /// As the receiver's export writes it: RFC 3339, UTC, with a fraction where there is one.
    init?(exported text: String) {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? Date(text, strategy: style) else { return nil }
        self = date
    }

    /// Since 1970.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
