internal import Foundation

/// What the kernel says of the process.
extension ChildProcess {
    /// Bytes resident in memory.
    package var residentBytes: Int { value("VmRSS:", in: "status") * 1_024 }
    /// The most that were, so far.
    package var peakBytes: Int { value("VmHWM:", in: "status") * 1_024 }
    /// Those of them that are not of a file.
    package var anonymousBytes: Int { value("RssAnon:", in: "status") * 1_024 }
    /// Bytes read since its start, from the page cache or the disk.
    package var bytesRead: Int { value("rchar:", in: "io") }

    /// 0 when it is gone.
    private func value(_ key: String, in file: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(id)/\(file)", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix(key) }?
            .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
