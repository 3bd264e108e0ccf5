import Foundation

/// A recording on the disk, gone with its owner.
final class RecordingFile {
    let path: String

    init(_ name: String, _ bytes: [UInt8]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "tidegate-trial-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        path = url.path
    }

    convenience init(_ name: String, _ text: String) throws {
        try self.init(name, Array(text.utf8))
    }

    deinit {
        try? FileManager.default.removeItem(
            atPath: (path as NSString).deletingLastPathComponent)
    }
}
