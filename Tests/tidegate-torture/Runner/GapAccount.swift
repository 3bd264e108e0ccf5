internal import Foundation
internal import Rig

/// What the gap records at the receiver own up to.
struct GapAccount: CustomStringConvertible {
    private struct Line: Decodable {
        let cause: String
        let subject: String
        let count: Int
        let detail: String
    }

    /// A round of a fusion that the first reading of a sensor misses is one of few inputs.
    private static let harmless: Set = ["below_quorum"]
    /// Those that count windows and other records; the others count readings.
    private static let ofRecords: Set = ["unreadable", "store_set_aside", "batch_refused"]
    private let lines: [Line]

    /// - Parameter exported: NDJSON.
    init(_ exported: Data) throws {
        lines = try exported.split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Line.self, from: Data($0)) }
            .filter { !Self.harmless.contains($0.cause) }
    }

    var isEmpty: Bool { lines.isEmpty }
    var causes: [String] { Set(lines.map(\.cause)).sorted() }

    /// Readings that are missing and that no gap record speaks of.
    func uncovered(_ differences: [Difference]) -> Int {
        guard !lines.contains(where: { $0.detail.contains("nobody knows") }) else { return 0 }
        let records = lines.filter { Self.ofRecords.contains($0.cause) }.reduce(0) { $0 + $1.count }
        let readings = lines.filter { !Self.ofRecords.contains($0.cause) }
            .reduce(0) { $0 + $1.count }
        let whole = differences.filter(\.isWhole).map(\.missing).sorted(by: >).dropFirst(records)
        let short = differences.filter { !$0.isWhole }.map(\.missing)
        return max(0, (whole + short).reduce(0, +) - readings)
    }

    var description: String {
        lines.map { "\($0.cause) of \($0.count) (\($0.subject): \($0.detail))" }
            .joined(separator: "; ")
    }
}
