package import Foundation
internal import OpenSSL
internal import Session

/// What can be wrong although each value is well formed: files, and what they hold.
package enum ConfigurationCheck {
    /// - Parameter file: the configuration's, for errors.
    package static func files(
        _ configuration: GatewayConfiguration, file: String, now: Date
    ) -> [Mistake] {
        let seconds = Int64(now.timeIntervalSince1970)
        var mistakes: [Mistake] = []
        var all = [("broker", configuration.broker.tls), ("uplink", configuration.uplink.tls)]
        if let publisher = configuration.publisher {
            all.append(("broker.publisher", publisher))
        }
        for (key, tls) in all {
            do {
                try tls.check(now: seconds)
            } catch {
                mistakes.append(
                    Mistake(source: file, line: nil, key: key, problem: error.description))
            }
        }
        if mistakes.isEmpty,
            let name = try? Certificate(pemFile: configuration.uplink.tls.certificate).commonName,
            name != configuration.gateway
        {
            mistakes.append(
                Mistake(
                    source: file, line: nil, key: "gateway",
                    problem: "'\(configuration.gateway)', and uplink.certificate is of '\(name)': "
                        + "the receiver will refuse; they must be the same"))
        }
        return mistakes
    }
}
