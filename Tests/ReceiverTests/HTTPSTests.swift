internal import Core
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Receiver
internal import ServiceLifecycle
internal import Testing
internal import Wire

/// Over real TLS, with curl as the gateway.
@Suite struct HTTPSTests {
    let folder: TemporaryFolder
    let certificates: String

    init() async throws {
        folder = try TemporaryFolder()
        certificates = folder.path + "/certificates"
        try await Self.makeCertificates(certificates, ["receiver", "gateway-1", "gateway-2"])
    }

    static func makeCertificates(_ folder: String, _ names: [String]) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let script = root.appendingPathComponent("deploy/make-certificates.sh").path
        let (exit, _) = try await Command.run("/bin/bash", [script, folder] + names)
        try #require(exit == 0)
    }

    /// Calls `body` while a receiver runs.
    func serving(
        _ limits: ReceiverLimits = ReceiverLimits(), _ body: (Curl) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "") { _ in SwiftLogNoOpLogHandler() }
        let server = try ReceiverServer(
            address: #require(ListenAddress("127.0.0.1:0")),
            storage: Storage(folder: folder.path + "/storage"),
            files: TLSFiles(
                authorities: certificates + "/ca.crt", certificate: certificates + "/receiver.crt",
                key: certificates + "/receiver.key"),
            limits: limits, logger: logger, onListening: { port.yield($0) })
        let services = ServiceGroup(services: [server], logger: logger)
        async let done: Void = services.run()
        var iterator = ports.makeAsyncIterator()
        let chosen = try #require(await iterator.next())
        try await body(
            Curl(port: chosen, certificates: certificates, folder: folder.path))
        await services.triggerGracefulShutdown()
        try await done
    }

    @Test func batchesComeIn() async throws {
        let chain = Samples.chain(3)
        let fork = Samples.chain(2, seed: 9_999)
        try await serving { curl in
            let stored = try await curl.send("/v1/batches", as: "gateway-1", body: chain[0].bytes)
            #expect(stored.status == 200)
            #expect(stored.text.hasSuffix(#"{"status":"stored","complete_through":1}"#))
            let again = try await curl.send("/v1/batches", as: "gateway-1", body: chain[0].bytes)
            #expect(again.text.hasSuffix(#"{"status":"duplicate","complete_through":1}"#))
            let ahead = try await curl.send("/v1/batches", as: "gateway-1", body: chain[2].bytes)
            #expect(ahead.text.hasSuffix(#"{"status":"stored","complete_through":1}"#))
            let forked = try await curl.send("/v1/batches", as: "gateway-1", body: fork[1].bytes)
            #expect(forked.status == 409)
            #expect(forked.text.contains(#"{"status":"refused","reason":"#))
            let path = "/v1/epochs/\(Samples.epoch)"
            let own = try await curl.send(path, as: "gateway-1")
            #expect(own.text.hasSuffix(#"{"complete_through":1}"#))
            let other = try await curl.send(path, as: "gateway-2")
            #expect(other.text.hasSuffix(#"{"complete_through":0}"#))
            #expect(try await curl.send("/healthz", as: "gateway-2").status == 200)
        }
    }

    @Test func identityIsTheCertificates() async throws {
        let batch = Samples.chain(1)[0]
        let strangers = folder.path + "/strangers"
        try await Self.makeCertificates(strangers, ["gateway-1"])
        try await serving { curl in
            let wrong = try await curl.send("/v1/batches", as: "gateway-2", body: batch.bytes)
            #expect(wrong.status == 403)
            let none = try await curl.send("/v1/batches", as: nil, body: batch.bytes)
            #expect(none.status == 0 && none.exit != 0)
            let stranger = try await curl.send(
                "/v1/batches", as: nil, body: batch.bytes,
                ["--cert", strangers + "/gateway-1.crt", "--key", strangers + "/gateway-1.key"])
            #expect(stranger.status == 0 && stranger.exit != 0)
            let old = try await curl.send(
                "/healthz", as: "gateway-1", ["--tlsv1.2", "--tls-max", "1.2"])
            #expect(old.status == 0 && old.exit != 0)
        }
    }

    @Test func rubbishIsAnswered() async throws {
        var limits = ReceiverLimits()
        limits.wireBytes = 10_000
        try await serving(limits) { curl in
            let rubbish = try await curl.send("/v1/batches", as: "gateway-1", body: [1, 2, 3])
            #expect(rubbish.status == 400)
            #expect(rubbish.text.contains(#""status":"malformed""#))
            let empty = try await curl.send("/v1/batches", as: "gateway-1", body: [])
            #expect(empty.status == 400)
            let large = [UInt8](repeating: 0, count: 10_001)
            let declared = try await curl.send("/v1/batches", as: "gateway-1", body: large)
            #expect(declared.status == 413)
            let chunked = try await curl.send(
                "/v1/batches", as: "gateway-1", body: large,
                ["--header", "Transfer-Encoding: chunked"])
            #expect(chunked.status == 413)
            #expect(try await curl.send("/v1/batches", as: "gateway-1").status == 405)
            #expect(try await curl.send("/v1/epochs/xyz", as: "gateway-1").status == 404)
            let header = "X-Long: " + String(repeating: "x", count: 20_000)
            let long = try await curl.send("/healthz", as: "gateway-1", ["--header", header])
            #expect(long.status != 200)
        }
    }

    @Test func aFullHouseSaysWhenToComeAgain() async throws {
        var limits = ReceiverLimits()
        limits.concurrentRequests = 0
        try await serving(limits) { curl in
            let busy = try await curl.send(
                "/v1/batches", as: "gateway-1", body: Samples.chain(1)[0].bytes)
            #expect(busy.status == 429)
            #expect(busy.text.lowercased().contains("retry-after: 1"))
        }
    }

    @Test func badFilesStopItAtTheStart() throws {
        #expect(throws: TLSError.self) {
            _ = try ReceiverServer(
                address: #require(ListenAddress("127.0.0.1:0")),
                storage: Storage(folder: folder.path + "/storage"),
                files: TLSFiles(
                    authorities: certificates + "/ca.crt",
                    certificate: certificates + "/receiver.crt",
                    key: certificates + "/gateway-1.key"),
                logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() })
        }
    }
}
