import Foundation
import SQLite
import Testing

@testable import Store

/// A table of a row a page, and pages of it that can't be read.
@Suite final class RowSalvageTests {
    private let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("tidegate-rows-\(UUID().uuidString)").path
    private static let rows: Int64 = 12

    deinit { try? FileManager.default.removeItem(atPath: file) }

    init() throws {
        let connection = try Connection(path: file)
        try connection.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, data BLOB)")
        for number in 1...Self.rows {
            try connection.run(
                "INSERT INTO t VALUES (?, ?)", .integer(number),
                .blob([UInt8](repeating: UInt8(number), count: 3_000)))
        }
    }

    private func overwrite(_ numbers: ClosedRange<Int64>) throws {
        var bytes = try Data(contentsOf: URL(filePath: file))
        for number in numbers {
            let row = Data(repeating: UInt8(number), count: 3_000)
            let page = try #require(bytes.firstRange(of: row)).lowerBound / 4_096 * 4_096
            bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0xff, count: 4_096))
        }
        try bytes.write(to: URL(filePath: file))
    }

    private func found() throws -> (numbers: [Int64], isWhole: Bool) {
        var salvage = RowSalvage(try Connection(path: file, readOnly: true))
        var numbers: [Int64] = []
        try salvage.each("t", key: "number", "data") { numbers.append($0.integer(0)) }
        return (numbers.sorted(), salvage.isWhole)
    }

    @Test func allRowsOfASoundTable() throws {
        #expect(try found().numbers == Array(1...Self.rows))
        #expect(try found().isWhole)
    }

    /// Steps over a hole double: the last one may end behind the last row.
    @Test(arguments: [5...7, 8...11, 1...11, 3...3, 10...11, 2...9, 12...12])
    func allRowsAroundAHole(hole: ClosedRange<Int64>) throws {
        try overwrite(hole)
        let found = try found()
        #expect(found.numbers == (1...Self.rows).filter { !hole.contains($0) })
        #expect(!found.isWhole)
    }
}
