internal import Foundation
internal import Rig

/// Builds with a sanitizer, in folders of their own.
enum Instrumented: String, Sendable {
    /// With the address sanitizer and libFuzzer: `make fuzz-build`.
    case fuzz
    /// With the thread sanitizer: `make tsan-build`.
    case tsan

    var folder: String {
        Workspace.repository.appending(path: ".build-\(rawValue)/debug").path
    }

    /// - Throws: `RigError`, saying what makes it.
    func program(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw RigError("no program at \(path); `make \(rawValue)-build` makes it")
        }
        return path
    }
}
