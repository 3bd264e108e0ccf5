import Foundation
import Mosquitto
import OpenSSL
import Rig

extension Plant {
    /// A device that publishes what it likes, below its own name.
    func device(_ name: String, clientID: String? = nil) throws -> MosquittoPublisher {
        let files = TLSFiles(
            authorities: certificates.authorities, certificate: certificates.certificate(name),
            key: certificates.key(name))
        let tls: TLSClientContext? = try TLSClientContext(
            files: files, host: "localhost", now: Int64(Date().timeIntervalSince1970))
        let publisher = try MosquittoPublisher(clientID: clientID ?? name, tls: tls)
        try publisher.connect(host: "localhost", port: broker.port)
        return publisher
    }

    /// Gap records that the receiver holds, as NDJSON, once there is one of this cause.
    func gaps(_ cause: String, seconds: Double = 90) throws -> [Substring] {
        try Wait.answer("a gap record of cause \(cause)", seconds: seconds) {
            let lines = String(decoding: try receiver.exported("gap"), as: UTF8.self)
                .split(separator: "\n").filter { $0.contains("\"\(cause)\"") }
            return lines.isEmpty ? nil : lines
        }
    }
}

/// Milliseconds since 1970, as payloads have it.
var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
