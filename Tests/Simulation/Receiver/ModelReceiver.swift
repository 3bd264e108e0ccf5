internal import Core
internal import OpenSSL
internal import Receiver
internal import Wire

/// The receiver's real decisions over a ledger in memory, which outlives its crashes.
final class ModelReceiver {
    struct Held {
        let header: BatchHeader
        let digest: SHA256Digest
        let records: RecordSet
    }

    private let meter: Meter
    private let limits = ReceiverLimits()
    private var ledger: [Epoch: [UInt64: Held]] = [:]
    /// In the order in which they were taken.
    private(set) var taken: [Held] = []
    /// Refused for good, on purpose.
    private(set) var poisoned: [SHA256Digest: Held] = [:]
    private(set) var surprises: [String] = []
    var isUp = true
    /// Dies with the next batch, its file written and its row not.
    var diesAtRow = false
    var poisonsNext = false

    init(_ meter: Meter) { self.meter = meter }

    /// - Returns: code, Retry-After and body; `nil` where the connection breaks.
    func post(_ bytes: [UInt8]) -> (status: Int, retryAfter: String?, body: String)? {
        guard isUp else { return nil }
        let batch: Batch
        do {
            batch = try Inspection(bytes, from: "gateway-1", limits: limits).batch
        } catch {
            surprises.append("a batch is not in order: \(error)")
            return (400, nil, Self.rejection("malformed", error.description))
        }
        let header = batch.header
        let digest = batch.digest
        if poisoned[digest] != nil { return (413, nil, Self.rejection("too_large", "poison")) }
        let known = ledger[header.epoch] ?? [:]
        let neighbours = Neighbours(
            before: known[header.sequence - 1]?.digest, same: known[header.sequence]?.digest,
            previousOfNext: known[header.sequence + 1]?.header.previous)
        switch Admission(of: header, digest: digest, among: neighbours) {
        case .duplicate:
            meter.count(.duplicates)
            return held("duplicate", header.epoch)
        case .refuse(let refusal):
            surprises.append("batch \(header.sequence) is refused: \(refusal)")
            return (409, nil, Self.rejection("refused", "\(refusal)"))
        case .store: break
        }
        guard let records = try? batch.records(limit: limits.rawBytes) else {
            surprises.append("batch \(header.sequence) can't be read")
            return nil
        }
        let entry = Held(header: header, digest: digest, records: records)
        if poisonsNext {
            poisonsNext = false
            poisoned[digest] = entry
            meter.count(.batchesRefused)
            return (413, nil, Self.rejection("too_large", "poison"))
        }
        if diesAtRow {
            diesAtRow = false
            meter.count(.receiverCrashes)
            return nil
        }
        ledger[header.epoch, default: [:]][header.sequence] = entry
        taken.append(entry)
        meter.count(.batches)
        return held("stored", header.epoch)
    }

    private func held(_ status: String, _ epoch: Epoch) -> (Int, String?, String) {
        let known = ledger[epoch] ?? [:]
        var complete: UInt64 = 0
        while known[complete + 1] != nil { complete += 1 }
        return (200, nil, "{\"status\":\"\(status)\",\"complete_through\":\(complete)}")
    }

    private static func rejection(_ status: String, _ reason: String) -> String {
        "{\"status\":\"\(status)\",\"reason\":\"\(reason.filter { $0 != "\"" })\"}"
    }

    // MARK: What it holds

    /// Breaks in numbers and chain.
    func faults() -> [String] {
        var faults = surprises
        if ledger.count > 1 { faults.append("batches of \(ledger.count) epochs") }
        for held in ledger.values {
            let refused = poisoned.values.map(\.header.sequence)
            let last = max(held.keys.max() ?? 0, refused.max() ?? 0)
            for sequence in 1...max(last, 1) where last > 0 {
                guard let entry = held[sequence] else {
                    if !refused.contains(sequence) {
                        faults.append("batch \(sequence) of \(last) is missing")
                    }
                    continue
                }
                let before = sequence == 1 ? .zero : held[sequence - 1]?.digest
                if let before, before != entry.header.previous {
                    faults.append("batch \(sequence) does not follow the one before it")
                }
            }
        }
        return faults
    }

    /// All content in the order of its coming.
    var fingerprint: UInt64 {
        var hash: UInt64 = 0
        for held in taken {
            hash = ByteHash.hash(held.header.content.bytes.span, seed: hash ^ held.header.sequence)
        }
        return hash
    }
}
