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

    /// The first block of YAML in a document.
    private func block(_ document: String) throws -> String {
        let begin = try #require(document.range(of: "```yaml\n"))
        let rest = document[begin.upperBound...]
        let end = try #require(rest.range(of: "\n```"))
        return String(rest[..<end.lowerBound])
    }

    @Test func theExampleHasNoMistakeAndIsTheSameInTheDocs() throws {
        let shipped = try read(text("deploy/tidegate.yaml"))
        let documented = try read(block(text("docs/configuration.md")))
        #expect(shipped.plan == documented.plan)
        #expect(shipped.broker == documented.broker)
        #expect(shipped.uplink == documented.uplink)
        #expect(shipped.storage == documented.storage)
        #expect(shipped.plan.streams.count > 2)
        #expect(!shipped.plan.fusions.isEmpty)
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
