internal import Foundation
internal import Mosquitto
internal import OpenSSL

/// What Tidegate is compared with: libmosquitto as everybody uses it, its own thread,
/// its own TLS, and nothing done with what it gets.
struct BareSubscriber {
    private let port: Int
    private let messages: Int
    private let files: TLSFiles

    init(_ options: Options) throws(BenchError) {
        port = try options.number("port", default: 8_883)
        messages = try options.number("messages", default: 300_000)
        let directory = try options.required("certificates")
        files = TLSFiles(
            authorities: "\(directory)/ca.crt", certificate: "\(directory)/gateway-1.crt",
            key: "\(directory)/gateway-1.key")
    }

    /// Until it is terminated, so that the driver can look at the process.
    func run() throws {
        let subscriber = try MosquittoSubscriber(clientID: "gateway-1", files: files)
        try subscriber.connect(host: "localhost", port: port, filter: "plant/#")
        Report.subscribed.send()
        subscriber.wait(for: messages)
        Report.finished(messages: subscriber.received, at: Monotonic.now).send()
        while true { pause() }
    }
}
