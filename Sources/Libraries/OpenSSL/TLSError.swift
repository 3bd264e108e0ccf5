internal import COpenSSL

/// Why TLS can't be set up: the file, what is wrong with it, what to do.
package struct TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String?
    package let problem: String
    package let advice: String

    package init(file: String? = nil, problem: String, advice: String) {
        self.file = file
        self.problem = problem
        self.advice = advice
    }

    package var description: String {
        (file.map { "\($0): " } ?? "") + "\(problem); \(advice)"
    }

    /// Whether OpenSSL keeps no error of this thread's for a later call to find.
    package static var nothingIsLeft: Bool { ERR_peek_error() == 0 }

    /// Whatever this thread did before must not pass for an error of its next call: OpenSSL
    /// asks for that before each read, write and handshake (SSL_get_error(3)).
    package static func forget() { ERR_clear_error() }

    /// The newest reason that OpenSSL gave on this thread.
    static func reason() -> String {
        var text = [CChar](repeating: 0, count: 256)
        tg_error(&text, text.count)
        let end = text.firstIndex(of: 0) ?? text.endIndex
        let reason = String(
            decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return reason.isEmpty ? "no reason given" : reason
    }
}
