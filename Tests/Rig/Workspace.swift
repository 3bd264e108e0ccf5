package import Foundation

/// Where things are: the repository, the built programs, and a fresh folder for one run.
package struct Workspace: Sendable {
    /// Removed by `remove`, unless kept.
    package let folder: URL

    package init(name: String) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "tidegate-\(name)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    package func remove() { try? FileManager.default.removeItem(at: folder) }

    package func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A folder of this name, made when missing.
    package func directory(_ name: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    package static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A program of this package: beside the running one, or in the folder TIDEGATE_BIN.
    package static func program(_ name: String) throws -> String {
        let folder =
            ProcessInfo.processInfo.environment["TIDEGATE_BIN"].map { URL(filePath: $0) }
            ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let path = folder.appending(path: name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw RigError("no program at \(path); `swift build` makes it, or set TIDEGATE_BIN")
        }
        return path
    }

    /// A program of the system, also where the path of a plain user does not look.
    package static func systemProgram(_ name: String) throws -> String {
        let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/bin"]
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw RigError("\(name) is not installed; `apt install \(name)`")
        }
        return path
    }
}
