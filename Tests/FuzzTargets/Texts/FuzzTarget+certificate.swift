internal import OpenSSL

extension FuzzTarget {
    /// A certificate in DER, as the other end of a connection shows it.
    static let certificate = FuzzTarget("certificate", seeds: certificateSeeds) {
        bytes throws(Violation) in
        let certificate = Certificate(der: bytes)
        try require(TLSError.nothingIsLeft, "an error is left for the next connection")
        guard let certificate else { return }
        try require(certificate == Certificate(der: bytes), "read twice, and not the same")
    }
}
