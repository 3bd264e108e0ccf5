internal import Foundation
internal import Rig

extension Workspace {
    /// Memory is no disk: bytes written would be 0 there.
    func requireDisk() throws {
        let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ") }
        let ours = mounts.filter { $0.count > 2 && (folder.path + "/").hasPrefix($0[1]) }
            .max { $0[1].count < $1[1].count }
        guard let ours, ours[2] != "tmpfs" else {
            throw BenchError("\(folder.path) is not on a disk; set TMPDIR to a folder that is")
        }
    }
}
