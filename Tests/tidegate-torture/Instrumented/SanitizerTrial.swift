internal import Foundation
internal import Rig

/// The suites under the thread sanitizer and under the address sanitizer.
struct SanitizerTrial: BlockingTrial {
    let name = "sanitizers"
    let load = TrialLoad.core

    private struct Part {
        let build: Instrumented
        let what: String
        let suites: [String]
        let environment: [String: String]
    }

    private var parts: [Part] {
        [
            Part(
                build: .tsan, what: "thread sanitizer",
                suites: [
                    "LibraryTests", "SessionTests", "StoreTests", "UplinkTests", "GatewayTests",
                    "ReceiverTests",
                ],
                environment: ["TSAN_OPTIONS": "halt_on_error=1:exitcode=66"]),
            Part(
                build: .fuzz, what: "address sanitizer",
                suites: [
                    "CoreTests", "WireTests", "LibraryTests", "StoreTests", "SimulatorTests",
                    "FuzzTests", "GatewayTests",
                ],
                environment: ["ASAN_OPTIONS": "detect_leaks=0"]),
        ]
    }

    func play(_ progress: Progress) throws -> Findings {
        var findings = Findings()
        let workspace = try Workspace(name: "sanitizers")
        defer { workspace.remove() }
        for part in parts {
            let program = try part.build.program("tidegatePackageTests.xctest")
            var failed: [String] = []
            for suite in part.suites {
                progress.note(name, "\(part.what), \(suite)")
                let process = try ChildProcess(
                    program, ["--testing-library", "swift-testing", "--filter", "^\(suite)\\."],
                    log: workspace.path("\(part.build)-\(suite).log"),
                    environment: part.environment)
                let code = try process.wait(seconds: 600)
                if code != 0 { failed.append(suite) }
                findings.expect(
                    code == 0, "\(part.what), \(suite): ended with \(code)\n\(process.tail(40))")
            }
            findings.add(
                part.what, "\(part.suites.count) suites",
                failed.isEmpty ? "nothing found" : "in \(failed.joined(separator: ", "))")
        }
        return findings
    }
}
