internal import Core
internal import HTTPTypes

/// What goes back to the gateway (docs/wire-format.md, "Answers").
struct Answer: Hashable {
    var status: HTTPResponse.Status
    var body: [UInt8]
    var headers: HTTPFields = [:]

    /// `{"status":"stored","complete_through":12}`
    static func held(_ status: String, completeThrough: UInt64) -> Answer {
        Answer(status: .ok) { json in
            json.member("status", status)
            json.member("complete_through", completeThrough)
        }
    }

    /// `{"complete_through":12}`
    static func progress(completeThrough: UInt64) -> Answer {
        Answer(status: .ok) { $0.member("complete_through", completeThrough) }
    }

    static let healthy = Answer(status: .ok) { $0.member("status", "ok") }

    /// `{"status":"refused","reason":"…"}`
    ///
    /// - Parameter retryAfter: seconds.
    static func rejected(
        _ status: HTTPResponse.Status, _ name: String, _ reason: String, retryAfter: Int? = nil
    ) -> Answer {
        var answer = Answer(status: status) { json in
            json.member("status", name)
            json.member("reason", reason)
        }
        if let retryAfter { answer.headers[.retryAfter] = "\(retryAfter)" }
        return answer
    }

    init(_ outcome: Outcome) {
        self =
            switch outcome {
            case .stored(let complete): .held("stored", completeThrough: complete)
            case .duplicate(let complete): .held("duplicate", completeThrough: complete)
            case .faulty(.malformed(let reason)): .rejected(.badRequest, "malformed", reason)
            case .faulty(.tooLarge(let reason)): .tooLarge(reason)
            case .faulty(.wrongGateway(let reason)): .forbidden(reason)
            case .faulty(.tooNew(let reason)): .unavailable(reason)
            case .refused(let refusal): .rejected(.conflict, "refused", "\(refusal)")
            case .failed: .unavailable
            }
    }

    static func tooLarge(_ reason: String) -> Answer {
        rejected(.contentTooLarge, "too_large", reason)
    }

    static func forbidden(_ reason: String) -> Answer { rejected(.forbidden, "forbidden", reason) }

    static let busy = rejected(
        .tooManyRequests, "busy", "too many requests at a time", retryAfter: 1)

    /// The receiver's log says why: that is not the gateway's to know.
    static let unavailable = unavailable("the receiver can't store batches now")

    static func unavailable(_ reason: String) -> Answer {
        rejected(.serviceUnavailable, "unavailable", reason, retryAfter: 10)
    }

    private init(status: HTTPResponse.Status, _ members: (inout JSONWriter) -> Void) {
        self.status = status
        var json = JSONWriter()
        json.object(members)
        body = json.bytes
        headers[.contentType] = "application/json"
    }
}
