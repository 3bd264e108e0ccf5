#if canImport(Glibc)
    internal import Glibc
#endif

/// The process' standard error. Where it can't be written (a full disk, a closed pipe) the
/// gateway goes on without it: a log must never be what ends it.
package enum StandardError {
    package static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if written > 0 {
                bytes = bytes.dropFirst(written)
            } else if errno != EINTR {
                return
            }
        }
    }
}
