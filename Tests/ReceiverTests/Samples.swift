internal import Core
internal import Foundation
internal import OpenSSL
internal import Receiver
internal import Wire

/// Batches to send, and a folder to keep them in.
enum Samples {
    static let epoch = Epoch("00112233445566778899aabbccddeeff")!
    static let otherEpoch = Epoch("ffeeddccbbaa99887766554433221100")!

    static func records(_ value: Int64 = 2_034) -> RecordSet {
        let layout = WindowLayout(
            shape: .tumbling(size: 2_000_000),
            aggregates: [.count, .sum, .mean, .max, .quantile(9_500)])
        let series = Series(
            stream: "temperature", field: "temperature",
            labels: [.init(name: "line", value: "1"), .init(name: "device", value: "tc \"1\"")],
            unit: "Cel")
        let start = Timestamp(microseconds: 1_763_932_774_000_000)
        let window = WindowRecord(
            series: 0, start: start, end: start + 2_000_000, layout: layout, flags: .partial,
            quality: Quality(.uncertain, [.stale, .substituted]),
            values: [
                Number(10), .decimal(mantissa: value, scale: 1),
                .mean(count: Number(10), sum: .decimal(mantissa: value, scale: 1)),
                .decimal(mantissa: 205, scale: 1), .binary(0.1),
            ])
        return RecordSet(
            series: [series], windows: [window],
            logs: [
                LogRecord(time: start, level: 4, source: "session", message: "a \"b\",\n\u{1}ü")
            ],
            gaps: [
                GapRecord(
                    cause: .late, subject: "temperature", from: start, to: start + 1_500_000,
                    count: 3, detail: "late")
            ],
            events: [
                EventRecord(
                    kind: .alarm, name: "hot", subject: "temperature{device=1}", state: .cleared,
                    severity: .critical, time: start, value: nil, quality: .good,
                    detail: "below 80, \"again\"")
            ],
            samples: [
                SampleRecord(
                    series: 0,
                    reading: Reading(
                        time: start + 250_000, number: .decimal(mantissa: 2_050, scale: 2),
                        quality: Quality(.bad, .outOfRange)))
            ])
    }

    /// Batches from number 1, each following the one before.
    static func chain(
        _ count: Int, gateway: String = "gateway-1", epoch: Epoch = epoch, seed: Int64 = 2_034
    ) -> [Batch] {
        var previous = SHA256Digest.zero
        return (0..<count).map { index in
            let batch = Batch(
                sealing: records(seed + Int64(index)), gateway: gateway, epoch: epoch,
                sequence: UInt64(index + 1), previous: previous)
            previous = batch.digest
            return batch
        }
    }
}

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("tidegate-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
