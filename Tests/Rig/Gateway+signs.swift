internal import Foundation

extension Gateway {
    /// The places where the gateway does not say that its store takes no commit; it has to
    /// say so at each.
    ///
    /// - Parameter reason: a part of what it must name.
    package func placesThatHide(_ reason: String) throws -> [String] {
        var silent: [String] = []
        let trouble = try status?.store.trouble ?? ""
        if !trouble.contains(reason) { silent.append("/status (\(trouble))") }
        let metrics = HTTP.get("/metrics", port: configuration.consolePort)?.body ?? Data()
        if !String(decoding: metrics, as: UTF8.self).contains("\ntidegate_store_healthy 0\n") {
            silent.append("/metrics")
        }
        if HTTP.get("/healthz", port: configuration.consolePort)?.status != 503 {
            silent.append("/healthz")
        }
        if logged("the store takes no commit") == 0 { silent.append("the log") }
        return silent
    }

    /// How many lines of the log have this text, those of earlier lives among them.
    package func logged(_ text: String) -> Int {
        let log = (try? String(contentsOfFile: process.log, encoding: .utf8)) ?? ""
        return log.split(separator: "\n").count { $0.contains(text) }
    }
}
