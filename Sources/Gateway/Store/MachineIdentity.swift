internal import Foundation
internal import OpenSSL

/// What tells this machine from one that was given a copy of its disk or store.
enum MachineIdentity {
    /// Hashed, as machine-id(5) asks of whoever writes it down; `nil` where the system has
    /// none.
    static func read(_ path: String = "/etc/machine-id") -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        // "uninitialized" stands there in an image before its first boot.
        guard text.count == 32 else { return nil }
        return Hex.encode(
            Array(SHA256Digest(hashing: Array("tidegate \(text)".utf8)).bytes.prefix(16)))
    }
}
