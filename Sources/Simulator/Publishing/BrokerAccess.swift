package import OpenSSL

/// Where the broker is, and the folder with `DEVICE.crt` and `DEVICE.key` of each device.
package struct BrokerAccess: Hashable, Sendable {
    package var address: BrokerAddress
    package var certificates: String
    /// The authorities that the broker's certificate must come from.
    package var authorities: String

    /// - Parameter authorities: nil is `ca.crt` in the folder of the certificates.
    package init(address: BrokerAddress, certificates: String, authorities: String? = nil) {
        self.address = address
        self.certificates = certificates
        self.authorities = authorities ?? "\(certificates)/ca.crt"
    }

    package func files(of device: String) -> TLSFiles {
        TLSFiles(
            authorities: authorities, certificate: "\(certificates)/\(device).crt",
            key: "\(certificates)/\(device).key")
    }
}
