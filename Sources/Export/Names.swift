package import Core

extension WindowRecord.Flags {
    package var names: [String] {
        var names: [String] = []
        if contains(.partial) { names.append("partial") }
        if contains(.timeSubstituted) { names.append("time_substituted") }
        return names
    }
}

extension LogRecord {
    package var levelName: String {
        let names = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        return Int(level) < names.count ? names[Int(level)] : "level \(level)"
    }
}

extension WindowRecord {
    package var end: Timestamp { start + layout.size }
}

extension Number {
    /// `nil` for what no number in a text can say: the mean of nothing.
    package var exportText: String? { double.isFinite ? description : nil }
}
