internal import COpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

extension TLSFiles {
    /// Whether the three files would make a connection: readable, PEM, within their
    /// validity, and the key the certificate's own.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Throws: the first `TLSError` found, naming its file.
    package func check(now: Int64) throws(TLSError) {
        _ = try Certificate(pemFile: authorities)
        let own = try Certificate(pemFile: certificate)
        guard now <= own.notAfter else {
            throw TLSError(
                file: certificate, problem: "the certificate expired on \(Self.day(own.notAfter))",
                advice: "put a new one in its place")
        }
        guard now >= own.notBefore else {
            throw TLSError(
                file: certificate,
                problem: "the certificate is not valid before \(Self.day(own.notBefore))",
                advice: "is this machine's clock right (\(Self.day(now)))?")
        }
        try checkKey()
    }

    private func checkKey() throws(TLSError) {
        guard let file = BIO_new_file(key, "r") else {
            throw TLSError(
                file: key, problem: "can't read the private key (\(TLSError.reason()))",
                advice: "check the path and that this user may read it (chown, chmod 0600)")
        }
        defer { BIO_free_all(file) }
        // An encrypted key would make OpenSSL ask on the terminal: answer with nothing.
        guard let secret = PEM_read_bio_PrivateKey(file, nil, { _, _, _, _ in 0 }, nil) else {
            throw TLSError(
                file: key, problem: "holds no usable private key (\(TLSError.reason()))",
                advice: "expected an unencrypted PEM key")
        }
        defer { EVP_PKEY_free(secret) }
        guard let pem = BIO_new_file(certificate, "r") else { return }
        defer { BIO_free_all(pem) }
        guard let x509 = PEM_read_bio_X509(pem, nil, nil, nil) else { return }
        defer { X509_free(x509) }
        guard X509_check_private_key(x509, secret) == 1 else {
            _ = TLSError.reason()
            throw TLSError(
                file: key, problem: "is not the key of \(certificate)",
                advice: "certificate and key must be a pair")
        }
    }

    private static func day(_ seconds: Int64) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }
}
