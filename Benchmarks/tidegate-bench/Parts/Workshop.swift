internal import Foundation

/// Where the programs, the certificates and the directories of a run are.
struct Workshop {
    let directory: Directory
    let certificates: String
    /// The directory of our own executable; the others stand beside it.
    private let programs: URL

    init(_ options: Options) throws {
        directory = try Directory(options.text("directory") ?? ".build/bench")
        try directory.requireDisk()
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        programs = URL(filePath: own).deletingLastPathComponent()
        certificates = try options.text("certificates") ?? Self.makeCertificates(in: directory)
    }

    func program(_ name: String) throws -> String {
        let path = programs.appending(path: name).path()
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchError("\(path) is missing; swift build -c release --product \(name)")
        }
        return path
    }

    /// A part of this program, as a process of its own.
    func part(_ name: String, _ arguments: [String], in directory: Directory) throws -> Child {
        try Child(
            name, program("tidegate-bench"),
            [name, "--certificates", certificates] + arguments, in: directory)
    }

    private static func makeCertificates(in directory: Directory) throws -> String {
        let script = "deploy/make-certificates.sh"
        guard FileManager.default.isExecutableFile(atPath: script) else {
            throw BenchError("no \(script) here; run from the top of the repository")
        }
        let path = directory.file("certificates")
        let names = ["broker", "gateway-1", "load", "receiver"]
        let child = try Child("certificates", "/bin/bash", [script, path] + names, in: directory)
        _ = try child.outputUntilEnd(within: 60)
        return path
    }
}
