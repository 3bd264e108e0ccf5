/// `host:port`, with an IPv6 address in brackets.
package struct BrokerAddress: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int

    /// `nil` without a host or with a port out of 1 to 65535. No port is 8883, MQTT over TLS.
    package init?(_ text: String) {
        let parts: (host: Substring, port: Substring)
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            parts = (text[..<close].dropFirst(), rest.dropFirst())
        } else {
            let colon = text.lastIndex(of: ":") ?? text.endIndex
            parts = (text[..<colon], text[colon...].dropFirst())
        }
        guard !parts.host.isEmpty, !parts.host.contains("["),
            let port = parts.port.isEmpty ? 8883 : Int(parts.port),
            (1...65_535).contains(port)
        else { return nil }
        host = String(parts.host)
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
