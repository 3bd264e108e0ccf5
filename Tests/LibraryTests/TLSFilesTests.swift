import Foundation
import OpenSSL
import Rig
import Testing

/// Each way in which certificates can be wrong at a start: found, and named.
@Suite struct TLSFilesTests {
    private func problem(_ files: TLSFiles, now: Date = Date()) -> String {
        do {
            try files.check(now: Int64(now.timeIntervalSince1970))
            return ""
        } catch {
            return error.description
        }
    }

    @Test func findsWhatIsWrong() throws {
        let workspace = try Workspace(name: "tls")
        defer { workspace.remove() }
        let certificates = try Certificates(in: workspace, names: ["one", "two"])
        let good = TLSFiles(
            authorities: certificates.authorities, certificate: certificates.certificate("one"),
            key: certificates.key("one"))
        #expect(problem(good) == "")

        var files = good
        files.key = certificates.key("two")
        #expect(problem(files).contains("is not the key of"))
        files.key = "/nowhere.key"
        #expect(problem(files).hasPrefix("/nowhere.key: can't read the private key"))
        files.key = certificates.certificate("one")
        #expect(problem(files).contains("holds no usable private key"))
        files = good
        files.certificate = certificates.key("one")
        #expect(problem(files).contains("holds no PEM certificate"))
        files = good
        files.authorities = "/nowhere.crt"
        #expect(problem(files).hasPrefix("/nowhere.crt: can't read the certificate"))
        #expect(
            problem(good, now: Date(timeIntervalSinceNow: 900 * 86_400)).contains("expired on"))
        #expect(problem(good, now: Date(timeIntervalSince1970: 0)).contains("not valid before"))
    }

    @Test func readsTheIdentity() throws {
        let workspace = try Workspace(name: "tls")
        defer { workspace.remove() }
        let certificates = try Certificates(in: workspace, names: ["gateway-1"])
        let certificate = try Certificate(pemFile: certificates.certificate("gateway-1"))
        #expect(certificate.commonName == "gateway-1")
    }

    @Test func hexGoesBothWays() {
        #expect(Hex.decode(Hex.encode([0, 15, 255])) == [0, 15, 255])
        #expect(Hex.decode("0g") == nil)
        #expect(Hex.decode("abc") == nil)
        #expect(
            SHA256Digest(hashing: Array("abc".utf8)).description
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
