/// The three PEM files of one end of a mutually authenticated TLS connection.
package struct TLSFiles: Hashable, Sendable {
    /// The authorities that the other end's certificate must come from.
    package var authorities: String
    /// Our certificate, followed by its intermediates.
    package var certificate: String
    /// The private key of our certificate, unencrypted.
    package var key: String

    package init(authorities: String, certificate: String, key: String) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
    }
}
