package import Core
package import Wire

/// A batch that is in order in itself: whole, of its gateway, decodable to the last
/// record, within the limits.
package struct Inspection: Hashable, Sendable {
    package let batch: Batch
    package let gaps: [GapRecord]
    /// How many of its windows take the place of one sent before.
    package let revised: Int
    /// How many of its windows are to be added to another.
    package let amended: Int

    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case malformed(String)
        case tooLarge(String)
        case wrongGateway(String)
        /// Written by a newer gateway: ours to mend, not the sender's.
        case tooNew(String)

        package var description: String {
            switch self {
            case .malformed(let reason), .tooLarge(let reason), .wrongGateway(let reason),
                .tooNew(let reason):
                reason
            }
        }
    }

    /// - Parameter identity: the name in the sender's certificate.
    package init(_ bytes: [UInt8], from identity: String, limits: ReceiverLimits) throws(Fault) {
        guard bytes.count <= limits.wireBytes else {
            throw .tooLarge("\(bytes.count) bytes, more than the \(limits.wireBytes) allowed")
        }
        do throws(FormatError) {
            batch = try Batch(bytes: bytes)
        } catch {
            throw Self.fault("the batch", error)
        }
        let header = batch.header
        guard header.gateway == identity else {
            throw .wrongGateway(
                "the certificate is \(identity)'s, the batch \(header.gateway.debugDescription)'s")
        }
        guard header.sequence <= Storage.highestSequence else {
            throw .malformed("batch number \(header.sequence) is beyond all sense")
        }
        guard header.rawSize <= limits.rawBytes else {
            throw .tooLarge(
                "\(header.rawSize) bytes decompressed, more than the \(limits.rawBytes) allowed")
        }
        do throws(FormatError) {
            let records = try batch.records(limit: limits.rawBytes)
            try Self.check(records, against: header)
            gaps = records.gaps
            amended = records.windows.count { $0.flags.contains(.amendment) }
            revised = records.windows.count {
                $0.revision > 0 && !$0.flags.contains(.amendment)
            }
        } catch {
            throw Self.fault("batch \(header.sequence)", error)
        }
    }

    private static func fault(_ what: String, _ error: FormatError) -> Fault {
        if case .unknownVersion = error { return .tooNew("\(what): \(error)") }
        return .malformed("\(what): \(error)")
    }

    private static func check(
        _ records: RecordSet, against header: BatchHeader
    ) throws(FormatError) {
        // The export finds batches by the header's span.
        let span = records.span ?? .epoch ... .epoch
        guard span.lowerBound == header.from, span.upperBound == header.to else {
            throw .malformed("records of another time than the header states")
        }
    }
}
