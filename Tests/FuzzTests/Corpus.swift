import Foundation
import FuzzTargets

/// The inputs that are kept: seeds, and what the fuzzer found.
enum Corpus {
    static func folder(of target: FuzzTarget) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("FuzzTargets/Corpus/\(target.name)")
    }

    /// In the order of their names.
    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        try FileManager.default.contentsOfDirectory(atPath: folder(of: target).path).sorted()
            .map { name in
                let data = try Data(contentsOf: folder(of: target).appendingPathComponent(name))
                return (name, Array(data))
            }
    }

    /// Writes the seeds of the present formats over those of earlier ones.
    static func write(_ target: FuzzTarget) throws {
        try FileManager.default.createDirectory(
            at: folder(of: target), withIntermediateDirectories: true)
        for seed in target.seeds() {
            try Data(seed.bytes).write(to: folder(of: target).appendingPathComponent(seed.name))
        }
    }
}
