internal import Core
package import Wire

/// Reads the receiver's answers. Only what is surely the receiver's own word settles a
/// batch; a proxy's error page never does.
package enum AnswerReader {
    package static func read(status: Int, retryAfter: String?, body: [UInt8]) -> BatchAnswer {
        let said = Said(body.span)
        let reason = said?.reason ?? "the receiver answered \(status)"
        switch (status, said?.status) {
        case (200, "stored"), (200, "duplicate"):
            guard let said, let through = said.completeThrough else { break }
            return .stored(duplicate: said.status == "duplicate", completeThrough: through)
        case (400, "malformed"), (413, "too_large"):
            return .refused(reason: reason)
        case (409, "refused"):
            return .forked(reason: reason)
        case (401, _), (403, _):
            return .unauthorized(reason: reason)
        default: break
        }
        let after = retryAfter.flatMap { Double($0) }.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        return .later(after: after, reason: reason)
    }
}

/// The members of an answer. With our own scanner: Foundation's decoder traps on half a
/// surrogate pair, and lets pass what it has no need to look at.
private struct Said {
    let status: String
    let reason: String?
    let completeThrough: UInt64?

    private static let scanner = JSONScanner(
        paths: ["$.status", "$.reason", "$.complete_through"].compactMap { try? JSONPath($0) })

    /// `nil` for what is no answer of a receiver.
    init?(_ body: Span<UInt8>) {
        var found: [JSONScanner.Finding] = []
        guard (try? Self.scanner.scan(body, into: &found)) != nil, found[0].kind == .string else {
            return nil
        }
        func text(_ finding: JSONScanner.Finding) -> String {
            String(decoding: JSONScanner.text(of: finding, in: body), as: UTF8.self)
        }
        status = text(found[0])
        switch found[1].kind {
        case .string: reason = text(found[1])
        case .missing, .null: reason = nil
        default: return nil
        }
        switch found[2].kind {
        case .number:
            guard
                let through = UInt64(
                    String(
                        decoding: body.extracting(found[2].range).withUnsafeBufferPointer(
                            Array.init), as: UTF8.self))
            else { return nil }
            completeThrough = through
        case .missing, .null: completeThrough = nil
        default: return nil
        }
    }
}
