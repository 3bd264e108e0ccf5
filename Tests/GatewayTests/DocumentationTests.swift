import Console
import Core
import Foundation
import Gateway
import Testing

/// The example that people copy must be one that works.
@Suite struct DocumentationTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.repository.appending(path: path), encoding: .utf8)
    }

    private func read(_ text: String) throws -> GatewayConfiguration {
        try ConfigurationReader.read(text: text, file: "tidegate.yaml", environment: [:])
    }

    /// The blocks of YAML in a document.
    private func blocks(_ document: String) -> [String] {
        document.split(separator: "\n```yaml\n").dropFirst().map { text in
            text.range(of: "\n```").map { String(text[..<$0.lowerBound]) } ?? String(text)
        }
    }

    @Test func theExampleHasNoMistakeAndIsTheSameInTheDocs() throws {
        let shipped = try read(text("deploy/tidegate.yaml"))
        let documented = try read(#require(blocks(text("docs/configuration.md")).first))
        #expect(shipped.plan == documented.plan)
        #expect(shipped.broker == documented.broker)
        #expect(shipped.uplink == documented.uplink)
        #expect(shipped.storage == documented.storage)
        #expect(shipped.plan.streams.count > 2)
        #expect(!shipped.plan.fusions.isEmpty)
    }

    /// Streams, and a profile.
    @Test func theExamplesOfPayloadsHaveNoMistake() throws {
        let blocks = try blocks(text("docs/payloads.md"))
        for block in blocks where block.hasPrefix("profile:") {
            _ = try ProfileReader.read(text: block, file: "press.yaml")
        }
        for block in blocks where !block.hasPrefix("profile:") {
            let plan = try ConfigurationReader.plan(of: "streams:\n\(block)\n")
            #expect(!plan.streams.isEmpty)
        }
        #expect(blocks.count == 3)
    }

    /// Each metric is explained where operators look.
    @Test func everyMetricAndEveryGapIsDocumented() throws {
        let operations = try text("docs/operations.md")
        let metrics = GatewayStatus(gateway: "g").prometheus.split(separator: "\n")
            .filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        for metric in metrics {
            #expect(operations.contains("`\(metric)"), "\(metric) is not in docs/operations.md")
        }
        let wire = try text("docs/wire-format.md")
        for cause in GapRecord.Cause.allCases {
            #expect(wire.contains(cause.name), "\(cause.name) is not in docs/wire-format.md")
            #expect(
                operations.contains("`\(cause.name)`"),
                "\(cause.name) is not in docs/operations.md")
        }
    }
}
