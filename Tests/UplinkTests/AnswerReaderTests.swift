import Testing
import Uplink
import Wire

@Suite struct AnswerReaderTests {
    private func read(_ status: Int, _ body: String, retryAfter: String? = nil) -> BatchAnswer {
        AnswerReader.read(status: status, retryAfter: retryAfter, body: Array(body.utf8))
    }

    @Test func takesTheReceiversWord() {
        #expect(
            read(200, #"{"status":"stored","complete_through":7}"#)
                == .stored(duplicate: false, completeThrough: 7))
        #expect(
            read(200, #"{"status":"duplicate","complete_through":7}"#)
                == .stored(duplicate: true, completeThrough: 7))
        #expect(read(409, #"{"status":"refused","reason":"fork"}"#) == .forked(reason: "fork"))
        #expect(read(400, #"{"status":"malformed","reason":"x"}"#) == .refused(reason: "x"))
        #expect(read(413, #"{"status":"too_large","reason":"x"}"#) == .refused(reason: "x"))
        #expect(
            read(429, #"{"status":"busy","reason":"busy"}"#, retryAfter: "3")
                == .later(after: 3, reason: "busy"))
    }

    /// A proxy's page must never delete a batch, nor set one aside.
    @Test(arguments: [200, 204, 301, 400, 404, 409, 413, 500, 502])
    func aPageOfSomebodyElseSettlesNothing(status: Int) {
        for body in ["", "<html>ok</html>", "{}", #"{"status":"ok"}"#] {
            #expect(
                read(status, body) == .later(after: nil, reason: "the receiver answered \(status)"))
        }
    }

    /// Foundation's decoder ends the process over these.
    @Test func halfASurrogatePairIsAnOddCharacterAndNoEnd() {
        #expect(
            read(400, #"{"status":"malformed","reason":"a \uDCbatch"}"#)
                == .refused(reason: "a \u{fffd}tch"))
        #expect(
            read(400, #"{"status":"malformed","more":"\uD800"}"#)
                == .refused(reason: "the receiver answered 400"))
    }

    @Test func oddRetryAftersAreIgnored() {
        for text in ["-1", "soon", "inf", "nan"] {
            #expect(
                read(503, "", retryAfter: text)
                    == .later(after: nil, reason: "the receiver answered 503"))
        }
    }
}
