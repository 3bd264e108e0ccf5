internal import Foundation

/// A small file system of its own, which may be filled and broken.
package final class SmallDisk {
    /// Where it is mounted.
    package let path: String
    /// The file with its blocks; `nil`: it is in memory.
    private let image: String?
    private let options: String
    private var filler: String { "\(path)/filler" }

    /// In memory.
    ///
    /// - Returns: `nil` where this user may not mount.
    package init?(mebibytes: Int, named name: String, in workspace: Workspace) throws {
        path = try workspace.directory(name)
        image = nil
        options = "size=\(mebibytes)m"
        guard (try? mount()) != nil else { return nil }
    }

    /// ext4 in a file: blocks that were never written take no room where that file is.
    ///
    /// - Parameters:
    ///   - folder: of the file.
    ///   - errors: what the kernel does on an error: `continue` or `remount-ro`.
    /// - Returns: `nil` where this user may not mount, or has no loop devices.
    package init?(
        imageIn folder: String, mebibytes: Int, errors: String, named name: String,
        in workspace: Workspace
    ) throws {
        path = try workspace.directory(name)
        let file = "\(folder)/\(name).img"
        image = file
        // With `dioread_nolock`, the default, ext4 takes new blocks for unwritten for ever when
        // their first write fails, and reads zeros where a later fsync said yes: its own fault,
        // and none that an application can survive.
        options = "loop,errors=\(errors),dioread_lock"
        guard FileManager.default.createFile(atPath: file, contents: nil) else { return nil }
        try FileHandle(forWritingTo: URL(filePath: file))
            .truncate(atOffset: UInt64(mebibytes) << 20)
        // Without a journal, an error costs the block that it hits and nothing else.
        let make = [
            "-q", "-F", "-b", "4096", "-O", "^has_journal", "-E", "lazy_itable_init=0", file,
        ]
        guard (try? Command.run(Workspace.systemProgram("mkfs.ext4"), make)) != nil,
            (try? mount()) != nil
        else { return nil }
    }

    private func mount() throws {
        guard let image else {
            try Command.run("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", path])
            return
        }
        try Command.run("/bin/mount", ["-o", options, image, path])
        // The loop driver takes a write of which only a part was written for done: so none
        // may be more than a block.
        try Data("4\n".utf8)
            .write(to: URL(filePath: "/sys/block/\(device())/queue/max_sectors_kb"))
    }

    /// Such as `loop0`.
    private func device() throws -> String {
        let source = try Command.run("/bin/findmnt", ["-n", "-o", "SOURCE", path])
        let name =
            String(decoding: source, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "/").last ?? ""
        guard name.hasPrefix("loop") else { throw RigError("\(path) is on \(name), not on a loop") }
        return String(name)
    }

    /// Takes all the room that is left.
    package func fill() throws {
        guard FileManager.default.createFile(atPath: filler, contents: nil) else {
            throw RigError("can't make \(filler)")
        }
        let file = try FileHandle(forWritingTo: URL(filePath: filler))
        defer { try? file.close() }
        // A hole in the file takes the bytes of one that is shorter than a page, too.
        for size in [1 << 20, 65_536, 4_096, 512, 1] {
            while (try? file.write(contentsOf: Data(count: size))) != nil {}
        }
    }

    package func makeRoom() throws { try FileManager.default.removeItem(atPath: filler) }

    /// Has the kernel find an error of the file system, as on a disk that dies: with
    /// `remount-ro` it makes it read-only under whoever writes to it.
    package func breakDown() throws {
        try Data("test\n".utf8).write(
            to: URL(filePath: "/sys/fs/ext4/\(device())/trigger_fs_error"))
    }

    /// What a person does with a disk that went read-only. Nothing may be open on it.
    package func repair() throws {
        guard let image else { return }
        try Command.run("/bin/umount", [path])
        // It ends with 1 when it mended something.
        _ = try? Command.run(Workspace.systemProgram("e2fsck"), ["-f", "-y", image])
        try mount()
    }

    /// Forgets what the kernel holds of it in memory. Nothing may be open on it.
    package func forget() throws {
        try Command.run("/bin/umount", [path])
        try mount()
    }

    package func remove() { _ = try? Command.run("/bin/umount", ["-l", path]) }
}
