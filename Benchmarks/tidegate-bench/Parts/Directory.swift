internal import Foundation

/// A directory of a run, empty at first.
struct Directory {
    let path: String

    init(_ path: String) throws {
        self.path = URL(filePath: path).standardizedFileURL.path()
        try? FileManager.default.removeItem(atPath: self.path)
        try FileManager.default.createDirectory(
            atPath: self.path, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> String { URL(filePath: path).appending(path: name).path() }

    func make(_ name: String) throws -> Directory { try Directory(file(name)) }

    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
        return file(name)
    }

    /// Memory is no disk: bytes written would be 0 there.
    func requireDisk() throws {
        let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ") }
        let ours = mounts.filter { $0.count > 2 && (path + "/").hasPrefix($0[1]) }
            .max { $0[1].count < $1[1].count }
        guard let ours, ours[2] != "tmpfs" else {
            throw BenchError("\(path) is not on a disk; give another with --directory")
        }
    }
}
