internal import Foundation
internal import Rig

/// The suites under the thread sanitizer and under the address sanitizer, and under both the
/// real gateway between a real broker and a real receiver.
struct SanitizerTrial: BlockingTrial {
    let name = "sanitizers"
    let load = TrialLoad.core

    private struct Part {
        let build: Instrumented
        let what: String
        let suites: [String]
        /// Of the suites on real parts: the programs have the sanitizer in them, too.
        let realTests: [String]
        let environment: [String: String]

        var filters: [(name: String, filter: String)] {
            suites.map { ($0, "^\($0)\\.") }
                + realTests.map { ("the running gateway, \($0)", "/\($0)\\(\\)") }
        }
    }

    private static let notOurs = Workspace.repository
        .appending(path: "Tests/Sanitizers/thread.suppressions")

    private var parts: [Part] {
        [
            Part(
                build: .tsan, what: "thread sanitizer",
                suites: [
                    "LibraryTests", "SessionTests", "StoreTests", "UplinkTests", "GatewayTests",
                    "ReceiverTests",
                ],
                realTests: [
                    "theLinkIsCutWhileBatchesAreOnTheirWay", "theBrokerIsStoppedAndStarted",
                ],
                environment: [
                    "TSAN_OPTIONS":
                        "halt_on_error=1:exitcode=66:suppressions=\(Self.notOurs.path)"
                ]),
            Part(
                build: .fuzz, what: "address sanitizer",
                // Not FuzzTests: the fuzz part runs the same targets with it.
                suites: [
                    "CoreTests", "WireTests", "LibraryTests", "SessionTests", "StoreTests",
                    "UplinkTests", "ReceiverTests", "SimulatorTests", "SimulationTests",
                    "GatewayTests",
                ],
                realTests: ["damageThatIsMetWhileItRuns"],
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
            for (index, (name, filter)) in part.filters.enumerated() {
                progress.note(self.name, "\(part.what), \(name)")
                let process = try ChildProcess(
                    program, ["--testing-library", "swift-testing", "--filter", filter],
                    log: workspace.path("\(part.build)-\(index).log"),
                    environment: part.environment)
                // A filter that fits no test ends badly, too.
                let code = try process.wait(seconds: 600)
                if code != 0 { failed.append(name) }
                findings.expect(
                    code == 0, "\(part.what), \(name): ended with \(code)\n\(process.tail(40))")
            }
            findings.add(
                part.what, "\(part.suites.count) suites",
                failed.isEmpty
                    ? "nothing found, and nothing in \(part.realTests.count) runs of the gateway"
                    : "in \(failed.joined(separator: ", "))")
        }
        return findings
    }
}
