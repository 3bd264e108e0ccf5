internal import AsyncHTTPClient
package import Core
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
package import Wire

/// Batches over HTTPS with a client certificate (docs/wire-format.md, "Answers").
package final class HTTPSTransport: BatchTransport {
    private let client: HTTPClient
    private let url: String
    /// An answer is a line of JSON.
    private static let answerLimit = 65_536

    /// - Parameters:
    ///   - endpoint: `https://host[:port]`; the path is added.
    /// - Throws: `NIOSSLError` for files that can't be used; check them before.
    package init(
        endpoint: String, authorities: String, certificate: String, key: String,
        timeout: Microseconds
    ) throws {
        url = endpoint + (endpoint.hasSuffix("/") ? "" : "/") + "v1/batches"
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.certificateVerification = .fullVerification
        tls.trustRoots = .file(authorities)
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate)
            .map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.timeout = .init(
            connect: .microseconds(timeout), read: .microseconds(timeout),
            write: .microseconds(timeout))
        configuration.httpVersion = .http1Only
        configuration.redirectConfiguration = .disallow
        // Each attempt is the machine's to decide.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        deadline = .microseconds(timeout * 4)
    }

    private let deadline: TimeAmount

    package func shutDown() async throws { try await client.shutdown() }

    package func send(_ batch: [UInt8]) async -> BatchAnswer {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/vnd.tidegate.batch")
        request.body = .bytes(ByteBuffer(bytes: batch))
        do {
            let response = try await client.execute(request, timeout: deadline)
            let body = try await response.body.collect(upTo: Self.answerLimit)
            return AnswerReader.read(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after"),
                body: Array(body.readableBytesView))
        } catch {
            return .later(after: nil, reason: TransportFailure.reason(error))
        }
    }
}
