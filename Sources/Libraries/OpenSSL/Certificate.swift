internal import COpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

/// What Tidegate asks of an X.509 certificate (RFC 5280).
package struct Certificate: Hashable, Sendable {
    /// The subject's common name: the identity of a device, a gateway, a receiver.
    package let commonName: String?
    /// Seconds since 1970.
    package let notBefore: Int64
    package let notAfter: Int64

    /// - Throws: `TLSError` where the file can't be read or holds no certificate.
    package init(pemFile path: String) throws(TLSError) {
        guard let file = BIO_new_file(path, "r") else {
            throw TLSError(
                file: path, problem: "can't read the certificate (\(TLSError.reason()))",
                advice: "check the path and that this user may read it")
        }
        defer { BIO_free_all(file) }
        guard let x509 = PEM_read_bio_X509(file, nil, nil, nil) else {
            throw TLSError(
                file: path, problem: "holds no PEM certificate (\(TLSError.reason()))",
                advice: "expected a block that begins with -----BEGIN CERTIFICATE-----")
        }
        defer { X509_free(x509) }
        self.init(x509)
    }

    /// `nil` where the bytes are no certificate.
    package init?(der: [UInt8]) {
        let x509 = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
        // Left in OpenSSL's queue, what it found would pass for an error of this thread's
        // next connection; fields that can't be read leave something too.
        defer { _ = TLSError.reason() }
        guard let x509 else { return nil }
        defer { X509_free(x509) }
        self.init(x509)
    }

    private init(_ x509: OpaquePointer) {
        commonName = Self.commonName(of: x509)
        notBefore = Self.seconds(X509_get0_notBefore(x509))
        notAfter = Self.seconds(X509_get0_notAfter(x509))
    }

    private static func commonName(of x509: OpaquePointer) -> String? {
        let subject = X509_get_subject_name(x509)
        let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard index >= 0, let entry = X509_NAME_get_entry(subject, index) else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
        guard length >= 0, let text else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }
}
