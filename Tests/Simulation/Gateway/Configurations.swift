internal import Gateway
internal import Synchronization

/// Configurations by their text: to read one takes as long as a tenth of a run.
final class Configurations: Sendable {
    static let shared = Configurations()
    private let known = Mutex<[String: GatewayConfiguration]>([:])

    func read(_ text: String) throws -> GatewayConfiguration {
        if let known = known.withLock({ $0[text] }) { return known }
        let configuration = try ConfigurationReader.read(
            text: text, file: "simulation.yaml", environment: [:])
        known.withLock { $0[text] = configuration }
        return configuration
    }
}
