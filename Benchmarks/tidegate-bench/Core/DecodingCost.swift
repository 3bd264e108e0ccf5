internal import Core
internal import Foundation

/// What it costs to read a payload of about 100 bytes, in nanoseconds of CPU time.
struct DecodingCost {
    private static let payload = Array(
        #"{"ts":1763932774123,"device":"tc-1","value":23.45,"unit":"Cel","ok":true,"seq":12345,"rssi":-61}"#
            .utf8)
    private static let topics = 5_000
    private static let rounds = 200
    private static let calls = 1_000

    /// The path scanner alone: value and time.
    static func scan() throws -> Double {
        let scanner = JSONScanner(paths: [try JSONPath("$.value"), try JSONPath("$.ts")])
        var findings: [JSONScanner.Finding] = []
        return try best { try scanner.scan(payload.span, into: &findings) }
    }

    /// Topic to number, payload to reading.
    static func decode() throws -> Double {
        var table = TopicTable()
        let names = (0..<topics).map { Array("plant/\($0 % 7)/dev-\($0)/temperature".utf8) }
        for name in names { _ = table.add(name.span) }
        var reader = PayloadReader(
            .json(
                fields: [try JSONPath("$.value")],
                time: .init(path: try JSONPath("$.ts"), format: .milliseconds)))
        var values: [PayloadReader.Value] = []
        var (next, found) = (0, 0)
        let cost = try best {
            next = (next + 7) % topics
            let name = names[next]
            if table.find(name.span) != nil { found += 1 }
            _ = try reader.read(payload.span, into: &values)
        }
        guard found > 0, values.count == 1 else { throw BenchError("nothing was decoded") }
        return cost
    }

    /// Foundation's, in the same run.
    static func jsonDecoder() throws -> Double {
        struct Message: Decodable {
            let ts: Int64
            let value: Double
        }
        let decoder = JSONDecoder()
        let data = Data(payload)
        return try best { _ = try decoder.decode(Message.self, from: data) }
    }

    /// The least disturbed of many rounds.
    private static func best(_ body: () throws -> Void) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<rounds {
            let before = CoreCost.cpu
            for _ in 0..<calls { try body() }
            least = min(least, (CoreCost.cpu - before) * 1e9 / Double(calls))
        }
        return least
    }
}
