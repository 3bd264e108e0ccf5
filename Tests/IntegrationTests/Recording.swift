import Foundation
import Rig
import Testing
import Zstd

/// A CSV file of real sensors, and what its windows come to by a computation of its own.
struct Recording: Sendable, CustomTestStringConvertible {
    let name: String
    let file: String
    /// One column, or two that make one text with a space between.
    let time: String
    let format: String
    /// The column that tells apart what else would be one series.
    let label: String?
    let sensors: [String]
    /// Seconds.
    let window: Int
    /// So many times faster than it was.
    let speed: Int

    var testDescription: String { name }

    var path: String {
        Workspace.repository.appending(path: "../shared/data/\(file)").standardizedFileURL.path
    }

    struct Values: Equatable {
        var count = 0
        var sum = Decimal(0)
        var min = Decimal(0)
        var max = Decimal(0)
        var first = Decimal(0)
        var last = Decimal(0)

        mutating func add(_ value: Decimal) {
            min = count == 0 ? value : Swift.min(min, value)
            max = count == 0 ? value : Swift.max(max, value)
            if count == 0 { first = value }
            last = value
            sum += value
            count += 1
        }
    }

    /// By label, sensor and start.
    func windows(rows: Int) throws -> [String: Values] {
        var reader = ZstdReader()
        let bytes = try reader.decompress(Array(Data(contentsOf: URL(filePath: path))))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = lines[0]
        let times = try time.split(separator: ",").map { try place(of: String($0), in: header) }
        let label = try label.map { try place(of: $0, in: header) }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = format
        var windows: [String: Values] = [:]
        for line in lines.dropFirst().prefix(rows) {
            let text = times.map { line[$0] }.joined(separator: " ")
            let moment = try #require(formatter.date(from: text))
            let second = Int(moment.timeIntervalSince1970) / window * window
            let start = Date(timeIntervalSince1970: Double(second)).ISO8601Format()
            let group = label.map { line[$0].replacing("/", with: "-") } ?? "all"
            for (column, cell) in zip(header, line) where sensors.contains(column) {
                guard !cell.isEmpty else { continue }
                let value = try #require(Decimal(string: cell))
                windows["\(group) \(column) \(start)", default: Values()].add(value)
            }
        }
        return windows
    }

    private func place(of column: String, in header: [String]) throws -> Int {
        try #require(header.firstIndex(of: column))
    }
}
