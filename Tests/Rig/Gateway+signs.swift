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

    /// Waits until the gateway meets damage of its store, ends its work and begins anew with a
    /// rescue. It is the same process: one that ended would never answer again.
    ///
    /// - Parameter seconds: for the damage to be met.
    /// - Returns: false where it was not met.
    /// - Throws: `RigError` when it was met, and the gateway does not come back.
    package func beginsAnew(seconds: Double) throws -> Bool {
        let sign = "starting anew to rescue"
        do {
            try Wait.until("the damage to be met", seconds: seconds) { logged(sign) > 0 }
        } catch { return false }
        try wait(for: "the gateway to begin anew", seconds: 30) { $0.store.rescue != nil }
        return true
    }

    /// How many lines of the log have this text, those of earlier lives among them.
    package func logged(_ text: String) -> Int {
        let log = (try? String(contentsOfFile: process.log, encoding: .utf8)) ?? ""
        return log.split(separator: "\n").count { $0.contains(text) }
    }
}
