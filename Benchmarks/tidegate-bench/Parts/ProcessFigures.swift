internal import Foundation
internal import Rig

/// What the kernel says a process has used until now.
struct ProcessFigures {
    /// Seconds of user and system time, all threads.
    let cpu: Double
    /// Bytes that it caused to be written to disk.
    let written: Double
    /// MiB: resident at most, and anonymous now.
    let peakRSS: Double
    let anonymousRSS: Double

    init(of process: ChildProcess) throws {
        func read(_ file: String) throws -> String {
            guard
                let text = try? String(
                    contentsOfFile: "/proc/\(process.id)/\(file)", encoding: .utf8)
            else {
                throw BenchError("\(process.name) is gone: can't read /proc/\(process.id)/\(file)")
            }
            return text
        }
        // The name of the program, in parentheses, may hold anything.
        let stat = try read("stat").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = stat.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        cpu = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        written = Self.value("write_bytes:", in: try read("io"))
        let status = try read("status")
        peakRSS = Self.value("VmHWM:", in: status) / 1_024
        anonymousRSS = Self.value("RssAnon:", in: status) / 1_024
    }

    private static func value(_ key: String, in text: String) -> Double {
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            .flatMap { Double($0) } ?? .nan
    }
}
