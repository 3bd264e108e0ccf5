internal import Core
internal import Foundation
package import Wire

/// Reads the receiver's answers. Only what is surely the receiver's own word settles a
/// batch; a proxy's error page never does.
package enum AnswerReader {
    private struct Body: Decodable {
        var status: String
        var reason: String?
        var completeThrough: UInt64?

        enum CodingKeys: String, CodingKey {
            case status, reason
            case completeThrough = "complete_through"
        }
    }

    package static func read(status: Int, retryAfter: String?, body: [UInt8]) -> BatchAnswer {
        let said = isJSON(body) ? try? JSONDecoder().decode(Body.self, from: Data(body)) : nil
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

    /// Foundation lets pass what it has no need to look at.
    private static func isJSON(_ body: [UInt8]) -> Bool {
        var findings: [JSONScanner.Finding] = []
        return (try? JSONScanner(paths: []).scan(body.span, into: &findings)) != nil
    }
}
