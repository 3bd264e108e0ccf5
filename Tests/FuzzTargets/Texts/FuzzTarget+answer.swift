internal import Core
internal import Foundation
internal import Simulator
internal import Uplink
internal import Wire

extension FuzzTarget {
    /// What came back for a batch: two bytes of status code, `Retry-After`, a line end, the body.
    static let answer = FuzzTarget("answer", seeds: answerSeeds) { bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let status = Int(input.integer(bytes: 2)) % 1_000
        let header = input.until(0x0a)
        let body = input.rest()
        // Of two Foundation's readers take one each.
        guard String(decoding: body, as: UTF8.self).ranges(of: "status").count < 2 else { return }
        let retryAfter = header.isEmpty ? nil : String(decoding: header, as: UTF8.self)
        let answer = AnswerReader.read(status: status, retryAfter: retryAfter, body: body)
        switch answer {
        case .stored(let isDuplicate, _):
            try require(status == 200, "stored with \(status)")
            try require(
                word(body) == (isDuplicate ? "duplicate" : "stored"), "stored without its word")
        case .refused:
            try require(
                (status == 400 && word(body) == "malformed")
                    || (status == 413 && word(body) == "too_large"), "refused with \(status)")
        case .forked:
            try require(status == 409 && word(body) == "refused", "forked with \(status)")
        case .unauthorized: try require([401, 403].contains(status), "\(status)")
        case .later(let after, let reason):
            try require(after.map { $0.isFinite && $0 >= 0 } ?? true, "wait for \(after as Any)")
            try require(!reason.isEmpty || word(body) != nil, "no reason")
        }
        var machine = UplinkMachine(
            backoff: Backoff(base: 500_000, maximum: 300_000_000), failuresToBreak: 8,
            breakFor: 300_000_000)
        var generator = SplitMix(seed: 1)
        let now = Timestamp(microseconds: 1_763_932_774_000_000)
        for _ in 0..<3 {
            let settlement = machine.answered(answer, at: now, using: &generator)
            if case .keep(_, let wait) = settlement {
                try require((0...86_400_000_000).contains(wait), "waits \(wait) us")
            }
            _ = machine.next(isOpen: true, at: now)
        }
    }

    private static func word(_ body: [UInt8]) -> String? {
        let said = ReferenceJSON.parse(body) ?? ReferenceJSON.parse(ReferenceJSON.softened(body))
        return (said as? [String: Any])?["status"] as? String
    }

    private static var answerSeeds: [FuzzSeed] {
        func seed(_ name: String, _ status: UInt16, _ after: String, _ body: String) -> FuzzSeed {
            var output = FuzzOutput()
            output.integer(UInt64(status), bytes: 2)
            output.raw(Array("\(after)\n\(body)".utf8))
            return FuzzSeed(name, output.bytes)
        }
        return [
            seed("stored", 200, "", #"{"status":"stored","complete_through":12}"#),
            seed("duplicate", 200, "", #"{"complete_through":0,"status":"duplicate"}"#),
            seed(
                "largest", 200, "", #"{"status":"stored","complete_through":18446744073709551615}"#),
            seed("negative", 200, "", #"{"status":"stored","complete_through":-1}"#),
            seed("fraction", 200, "", #"{"status":"stored","complete_through":1.5}"#),
            seed("malformed", 400, "", #"{"status":"malformed","reason":"not a batch"}"#),
            seed("refused", 409, "", #"{"status":"refused","reason":"another history"}"#),
            seed("too-large", 413, "", #"{"status":"too_large"}"#),
            seed("busy", 429, "1", #"{"status":"busy","reason":"too many"}"#),
            seed("unavailable", 503, "10", #"{"status":"unavailable"}"#),
            seed("wait-for-ever", 503, "1e308", ""), seed("wait-nan", 503, "nan", "{}"),
            seed("wait-negative", 503, "-5", "[]"), seed("wait-hex", 503, "0x10", "null"),
            seed("proxy", 200, "", "<html>OK</html>"), seed("forbidden", 403, "", ""),
            seed("twice", 200, "", #"{"status":"x","status":"stored","complete_through":1}"#),
            seed("deep", 500, "", String(repeating: "[", count: 600)),
        ]
    }
}
