/// How a recording is written.
package enum RecordingFormat: String, CaseIterable, Sendable {
    case csv, jsonl

    /// By the name's ending, `.zst` left out; `nil` where it says nothing.
    package init?(path: String) {
        let name = path.hasSuffix(".zst") ? path.dropLast(4) : path[...]
        if name.hasSuffix(".csv") {
            self = .csv
        } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            self = .jsonl
        } else {
            return nil
        }
    }
}
