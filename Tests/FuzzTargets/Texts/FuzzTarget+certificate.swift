internal import OpenSSL

extension FuzzTarget {
    /// A certificate in DER, as the other end of a connection shows it.
    static let certificate = FuzzTarget("certificate", seeds: certificateSeeds) {
        bytes throws(Violation) in
        guard let certificate = Certificate(der: bytes) else { return }
        try require(certificate == Certificate(der: bytes), "read twice, and not the same")
    }
}
