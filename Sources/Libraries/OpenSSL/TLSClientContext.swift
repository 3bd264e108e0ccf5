internal import COpenSSL

#if canImport(Glibc)
    internal import Glibc
#endif

/// An `SSL_CTX` for a client of TLS 1.3 with a certificate of its own, which
/// accepts only a peer whose certificate comes from our authorities and names
/// the host.
package struct TLSClientContext: ~Copyable {
    /// The `SSL_CTX *`, for libraries that take one.
    package let pointer: OpaquePointer

    /// - Parameters:
    ///   - host: the name or the address that the peer's certificate must carry.
    ///   - now: seconds since 1970; a certificate outside its validity is refused here,
    ///     before the first connection.
    /// - Throws: `TLSError`, naming the file, for whatever would make the handshake fail
    ///   on our side.
    package init(files: TLSFiles, host: String, now: Int64) throws(TLSError) {
        try files.check(now: now)
        guard let context = SSL_CTX_new(TLS_client_method()) else {
            throw TLSError(
                problem: "OpenSSL can't make a TLS context (\(TLSError.reason()))",
                advice: "is libssl complete?")
        }
        do {
            try Self.prepare(context, files: files, host: host)
        } catch {
            SSL_CTX_free(context)
            throw error
        }
        pointer = context
    }

    deinit { SSL_CTX_free(pointer) }

    private static func prepare(
        _ context: OpaquePointer, files: TLSFiles, host: String
    ) throws(TLSError) {
        try load(files, into: context)
        guard tg_ctx_require_tls13(context) == 1 else {
            throw TLSError(
                problem: "OpenSSL offers no TLS 1.3", advice: "install OpenSSL 1.1.1 or newer")
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        let parameters = SSL_CTX_get0_param(context)
        // The common name is an identity here, not a host.
        X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
        let named =
            isAddress(host)
            ? X509_VERIFY_PARAM_set1_ip_asc(parameters, host)
            : X509_VERIFY_PARAM_set1_host(parameters, host, host.utf8.count)
        guard named == 1 else {
            throw TLSError(
                problem: "'\(host)' is no host name that a certificate can carry",
                advice: "give a DNS name or an IP address")
        }
        // One system call for many messages; see docs/architecture.md, "Session".
        tg_ctx_read_ahead(context)
    }

    private static func load(_ files: TLSFiles, into context: OpaquePointer) throws(TLSError) {
        guard SSL_CTX_load_verify_locations(context, files.authorities, nil) == 1 else {
            throw TLSError(
                file: files.authorities,
                problem: "holds no usable authority (\(TLSError.reason()))",
                advice: "expected one or more PEM certificates")
        }
        guard SSL_CTX_use_certificate_chain_file(context, files.certificate) == 1 else {
            throw TLSError(
                file: files.certificate, problem: "can't be used (\(TLSError.reason()))",
                advice: "expected our certificate, then its intermediates, in PEM")
        }
        guard SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1 else {
            throw TLSError(
                file: files.key, problem: "can't be used (\(TLSError.reason()))",
                advice: "expected the unencrypted PEM key of \(files.certificate)")
        }
    }

    private static func isAddress(_ host: String) -> Bool {
        var v4 = in_addr()
        var v6 = in6_addr()
        return inet_pton(AF_INET, host, &v4) == 1 || inet_pton(AF_INET6, host, &v6) == 1
    }
}
