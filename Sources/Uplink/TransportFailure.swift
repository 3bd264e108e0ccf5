internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// What went wrong on the way to the receiver, for a person instead of a debugger.
enum TransportFailure {
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as NIOConnectionError: connection(error)
        case let error as NIOSSLExtraError: handshake(error.description)
        case let error as NIOSSLError: handshake("\(error)")
        case let error as IOError: "the connection broke (\(system(error)))"
        default: "\(error)"
        }
    }

    private static func connection(_ error: NIOConnectionError) -> String {
        let place = "\(error.host):\(error.port)"
        if let first = error.connectionErrors.first {
            let cause = (first.error as? IOError).map(system) ?? "\(first.error)"
            return "can't connect to \(place) (\(cause))"
        }
        return "can't find the address of \(error.host); check uplink.endpoint and the name service"
    }

    /// BoringSSL says where in its source, and somewhere in between what: such as
    /// "OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at /...".
    private static func handshake(_ text: String) -> String {
        var what = text
        if let mark = text.range(of: "OPENSSL_internal:") {
            what = String(text[mark.upperBound...].prefix { $0 != " " && $0 != "]" })
        }
        return "the TLS handshake failed (\(what)); check that the receiver's certificate comes "
            + "from uplink.authorities and names the host of uplink.endpoint, and that the "
            + "receiver trusts uplink.certificate"
    }

    private static func system(_ error: IOError) -> String {
        String(cString: strerror(error.errnoCode))
    }
}
