internal import Foundation
internal import Rig
internal import SQLite

internal import struct Simulator.SplitMix

/// The files of a gateway's store, to be harmed while nobody has them open.
struct StoreFiles {
    private let directory: String
    private static let page = 4_096

    init(of gateway: Gateway) { directory = gateway.configuration.storage }

    private var file: String { "\(directory)/tidegate.sqlite" }
    private var log: String { "\(file)-wal" }

    /// What was set aside under a dated name.
    var aside: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasPrefix("tidegate.sqlite.damaged-") }
    }

    func overwritePages(_ random: inout SplitMix) throws {
        try change(file) { handle, size in
            let pages = max(1, size / Self.page)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let page = Int.random(in: 0..<pages, using: &random)
                try handle.seek(toOffset: UInt64(page * Self.page))
                try handle.write(contentsOf: Self.garbage(Self.page, &random))
            }
        }
    }

    func flipBytes(_ random: inout SplitMix) throws {
        try change(file) { handle, size in
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                try handle.seek(toOffset: UInt64(Int.random(in: 0..<size, using: &random)))
                try handle.write(contentsOf: Self.garbage(1, &random))
            }
        }
    }

    func truncate(_ random: inout SplitMix) throws { try truncate(file, &random) }

    func remove() throws { try FileManager.default.removeItem(atPath: file) }

    /// Of a gateway that was killed: one that ended in order has none.
    func removeLog() throws { try FileManager.default.removeItem(atPath: log) }
    func truncateLog(_ random: inout SplitMix) throws { try truncate(log, &random) }

    func overwriteLog(_ random: inout SplitMix) throws {
        try change(log) { handle, size in
            try handle.seek(toOffset: UInt64(Int.random(in: 0..<size, using: &random)))
            try handle.write(contentsOf: Self.garbage(64, &random))
        }
    }

    func makeNewer() throws { try Connection(path: file).execute("PRAGMA user_version = 99") }

    func moveToAnotherMachine() throws {
        try Connection(path: file).run(
            "INSERT OR REPLACE INTO meta VALUES ('machine', 'another one')")
    }

    private func truncate(_ path: String, _ random: inout SplitMix) throws {
        try change(path) { handle, size in
            let left = Double(size) * Double.random(in: 0.05...0.95, using: &random)
            try handle.truncate(atOffset: UInt64(left))
        }
    }

    private func change(_ path: String, _ body: (FileHandle, Int) throws -> Void) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? handle.close() }
        let size = Int(try handle.seekToEnd())
        guard size > 0 else { throw RigError("\(path) is empty") }
        try body(handle, size)
    }

    private static func garbage(_ count: Int, _ random: inout SplitMix) -> Data {
        Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
}
