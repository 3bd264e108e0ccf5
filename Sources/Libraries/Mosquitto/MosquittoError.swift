internal import CMosquitto

#if canImport(Glibc)
    internal import Glibc
#endif

/// What libmosquitto answered, with the reason that it logged.
package struct MosquittoError: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: Int32
    /// What libmosquitto or OpenSSL said about it, where they said something.
    package let detail: String?

    init(_ code: Int32, detail: String? = nil) {
        self.code = code
        self.detail =
            detail ?? (code == MOSQ_ERR_ERRNO.code ? String(cString: strerror(errno)) : nil)
    }

    package var description: String {
        let name = String(cString: mosquitto_strerror(code))
        return detail.map { "\(name) (\($0))" } ?? name
    }
}

extension mosq_err_t {
    var code: Int32 { Int32(rawValue) }
}

extension MosquittoError {
    /// "OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed" says the
    /// useful part last.
    static func lastPart(of text: String) -> String {
        guard text.hasPrefix("OpenSSL"), let colon = text.lastIndex(of: ":") else { return text }
        return String(text[text.index(after: colon)...])
    }
}
