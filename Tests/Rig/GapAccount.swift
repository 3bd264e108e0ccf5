package import Foundation

/// What the gap records at the receiver own up to. A reading that is missing, and that none of
/// them can speak of, is missing in silence.
package struct GapAccount: CustomStringConvertible {
    /// A round of a fusion that the first reading of a sensor misses is one of few inputs.
    private static let harmless: Set = ["below_quorum"]
    private let lines: [GapLine]

    /// - Parameter exported: NDJSON.
    package init(_ exported: Data) throws {
        lines = try exported.split(separator: UInt8(ascii: "\n")).map { try GapLine(parsing: $0) }
            .filter { !Self.harmless.contains($0.cause) }
    }

    package var isEmpty: Bool { lines.isEmpty }
    package var causes: [String] { Set(lines.map(\.cause)).sorted() }

    /// Readings that are missing and that no gap record can speak of.
    ///
    /// - Parameter store: the one that was damaged, if any was.
    package func uncovered(_ differences: [Difference], lost store: LostStore? = nil) -> Int {
        let covers = lines.flatMap { $0.covers(of: store) }
            .sorted { $0.starts.upperBound < $1.starts.upperBound }
        var windows = covers.filter { $0.unit == .windows }
        var readings = covers.filter { $0.unit == .readings }
        // First what no count of readings speaks of, then the dearest, so that what is left is the
        // least that nobody speaks of.
        func isOfReadings(_ difference: Difference) -> Bool {
            readings.contains { $0.starts.contains(difference.start) }
        }
        let (others, ofReadings) = (
            differences.filter { !isOfReadings($0) }, differences.filter(isOfReadings)
        )
        let ordered = [others, ofReadings].flatMap { $0.sorted { $0.missing > $1.missing } }
        return ordered.reduce(0) { silent, difference in
            if difference.isWhole, windows.take(1, at: difference.start) == 0 { return silent }
            return silent + readings.take(difference.missing, at: difference.start)
        }
    }

    package var description: String {
        lines.map { "\($0.cause) of \($0.count) (\($0.subject): \($0.detail))" }
            .joined(separator: "; ")
    }
}

extension [GapCover] {
    /// Takes as much as the covers have left for a window that starts there.
    ///
    /// - Returns: what is left to be covered.
    fileprivate mutating func take(_ count: Int, at start: Int64) -> Int {
        var count = count
        for index in indices where self[index].starts.contains(start) {
            guard let left = self[index].count else { return 0 }
            let taken = Swift.min(count, left)
            self[index].count = left - taken
            count -= taken
        }
        return count
    }
}
