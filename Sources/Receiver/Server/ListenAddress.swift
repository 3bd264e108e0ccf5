/// `127.0.0.1:8443`, `localhost:8443`, `[::1]:8443`.
package struct ListenAddress: Hashable, Sendable {
    package let host: String
    package let port: Int

    package static let expectation = "HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443"

    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = Int(port)
    }
}
