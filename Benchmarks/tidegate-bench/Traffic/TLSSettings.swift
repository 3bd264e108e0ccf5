internal import NIOSSL

/// TLS 1.3 with certificates on both sides, by the names of the files in a directory.
enum TLSSettings {
    static func server(_ directory: String, name: String) throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try chain(directory, name), privateKey: try key(directory, name))
        tls.minimumTLSVersion = .tlsv13
        tls.trustRoots = .file("\(directory)/ca.crt")
        tls.certificateVerification = .noHostnameVerification
        return try NIOSSLContext(configuration: tls)
    }

    static func client(_ directory: String, name: String) throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.trustRoots = .file("\(directory)/ca.crt")
        tls.certificateChain = try chain(directory, name)
        tls.privateKey = try key(directory, name)
        return try NIOSSLContext(configuration: tls)
    }

    private static func chain(
        _ directory: String, _ name: String
    ) throws -> [NIOSSLCertificateSource] {
        try NIOSSLCertificate.fromPEMFile("\(directory)/\(name).crt").map { .certificate($0) }
    }

    private static func key(
        _ directory: String, _ name: String
    ) throws -> NIOSSLPrivateKeySource {
        .privateKey(try NIOSSLPrivateKey(file: "\(directory)/\(name).key", format: .pem))
    }
}
