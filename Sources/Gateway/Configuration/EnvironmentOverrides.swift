internal import Logging
internal import OpenSSL
internal import Session

/// What the environment says, it says above the file.
struct EnvironmentOverrides {
    private let environment: [String: String]
    private let mistakes: MistakeList

    init(_ environment: [String: String], mistakes: MistakeList) {
        self.environment = environment
        self.mistakes = mistakes
    }

    func apply(to configuration: inout GatewayConfiguration) {
        value("EDGE_STORAGE_DIR", "a directory") { $0 }
            .map { configuration.storage.directory = $0 }
        value(
            "CLOUD_ENDPOINT", ConfigurationReader.endpointExpectation, ConfigurationReader.endpoint
        ).map { configuration.uplink.endpoint = $0 }
        if let key = value("DEVICE_KEY_REF", "the path of a PEM key, or file:PATH", Self.keyFile) {
            configuration.broker.tls.key = key
            configuration.uplink.tls.key = key
        }
        value("SYNC_MAX_RETRIES", "a number above 0", Quantities.count)
            .map { configuration.uplink.retryAttempts = $0 }
        value("SYNC_RETRY_BASE_MS", "milliseconds, above 0") { Quantities.positiveSpan("\($0)ms") }
            .map { configuration.uplink.retryBase = $0 }
        value("LOG_LEVEL", ConfigurationReader.levels) { Logger.Level(rawValue: $0.lowercased()) }
            .map { configuration.logLevel = $0 }
        value("METRICS_PORT", "a port, 1 to 65535", Quantities.port)
            .map { configuration.console.port = $0 }
        require(configuration.storage.directory, "storage.directory", or: "EDGE_STORAGE_DIR")
        require(configuration.uplink.endpoint, "uplink.endpoint", or: "CLOUD_ENDPOINT")
    }

    private func value<T>(
        _ name: String, _ expectation: String, _ parse: (String) -> T?
    ) -> T? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let value = parse(text) else {
            mistakes.add("'\(text)': expected \(expectation)", source: name)
            return nil
        }
        return value
    }

    private func require(_ value: String, _ key: String, or variable: String) {
        let isReported = mistakes.list.contains { $0.key == key || $0.source == variable }
        guard value.isEmpty, !isReported else { return }
        mistakes.add("missing: set it here, or \(variable) in the environment", key: key)
    }

    private static func keyFile(_ text: String) -> String? {
        if text.hasPrefix("file:") { return String(text.dropFirst(5)) }
        // Another scheme, such as pkcs11:, is not a file of that name.
        return text.contains(":") ? nil : text
    }
}
