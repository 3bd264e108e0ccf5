import Core
import Foundation
import OpenSSL
import Rig
import Testing
import Wire
import Zstd

extension OnRealParts {
    /// Batches that unfold to more than they are, from somebody who has a gateway's key.
    @Suite struct BombTests {
        private let workspace: Workspace
        private let certificates: Certificates
        private let receiver: Receiver

        init() throws {
            workspace = try Workspace(name: "bomb")
            certificates = try Certificates(in: workspace, names: ["receiver", "gateway-1"])
            receiver = try Receiver(
                in: workspace, certificates: certificates, port: try Port.free(1)[0])
        }

        /// The bytes of batch 1 with this body (docs/wire-format.md, "Batch").
        private func batch(
            body: [UInt8], rawSize: Int, counts: RecordCounts = RecordCounts(), to: Int64 = 0
        ) -> [UInt8] {
            var header = ByteWriter()
            header.varint(2)
            header.text("gateway-1")
            header.raw([UInt8](repeating: 7, count: 16))
            header.varint(1)
            header.raw([UInt8](repeating: 0, count: 32))
            header.raw(SHA256Digest(hashing: body).bytes)
            header.count(rawSize)
            let kinds = [
                counts.windows, counts.logs, counts.gaps, counts.events, counts.samples,
            ]
            for count in kinds { header.count(count) }
            header.time(.epoch)
            header.time(Timestamp(microseconds: to))
            var writer = ByteWriter()
            writer.raw(Array("TIDE".utf8))
            writer.byte(1)
            writer.block(header.bytes)
            writer.raw(body)
            return writer.bytes
        }

        /// The receiver's answer: its code and its body.
        private func send(_ bytes: [UInt8]) throws -> String {
            let file = workspace.path("batch-\(UUID().uuidString)")
            try Data(bytes).write(to: URL(filePath: file))
            let output = try Command.run(
                "/usr/bin/curl",
                [
                    "--silent", "--cacert", certificates.authorities, "--cert",
                    certificates.certificate("gateway-1"), "--key", certificates.key("gateway-1"),
                    "--data-binary", "@\(file)", "--write-out", " %{http_code}",
                    "https://localhost:\(receiver.port)/v1/batches",
                ])
            return String(decoding: output, as: UTF8.self)
        }

        @Test func isRefusedBeforeItUnfolds() throws {
            defer { workspace.remove() }
            let size = 1 << 28
            let before = receiver.process.peakBytes
            let bomb = Zstd.compress([UInt8](repeating: 0, count: size), level: 1)
            #expect(bomb.count < 200_000)
            // It says what it is.
            let honest = try send(batch(body: bomb, rawSize: size))
            #expect(honest.hasSuffix(" 413"), "\(honest)")
            // The header lies.
            let liar = try send(batch(body: bomb, rawSize: 1_000))
            #expect(liar.hasSuffix(" 400"), "\(liar)")
            // The frame lies too: its size is in the four bytes after magic and descriptor.
            var frame = bomb
            frame.replaceSubrange(
                Self.statedSize(frame), with: [0xe8, 0x03, 0, 0])
            let both = try send(batch(body: frame, rawSize: 1_000))
            #expect(both.hasSuffix(" 400"), "\(both)")
            // The frame says nothing.
            let silent = try send(
                batch(body: Array(bomb.prefix(4)) + [0, 0x58, 1, 0, 0], rawSize: 9))
            #expect(silent.hasSuffix(" 400"), "\(silent)")
            let grown = receiver.process.peakBytes - before
            #expect(grown < 64 << 20, "\(grown) bytes")
            #expect(try send([1, 2, 3]).hasSuffix(" 400"))
        }

        /// RFC 8878, section 3.1.1.1: without a dictionary and of a single segment, or after
        /// the window's byte.
        private static func statedSize(_ frame: [UInt8]) -> Range<Int> {
            let isSingle = frame[4] & 0x20 != 0
            let start = isSingle ? 5 : 6
            precondition(frame[4] >> 6 == 2, "a size of four bytes")
            return start..<start + 4
        }

        /// Half a kilobyte that unfolds to eight million records is refused; the most that is
        /// taken fits into memory.
        @Test(arguments: Content.allCases)
        func unfoldsToABoundedPart(_ content: Content) throws {
            defer { workspace.remove() }
            for count in [1_000_000, 2_500_000] {
                let body = content.body(count)
                let frame = Zstd.compress(body, level: 3)
                let answer = try send(
                    batch(
                        body: frame, rawSize: body.count, counts: content.counts(count),
                        to: content.end))
                let code = count == 1_000_000 ? " 200" : " 400"
                #expect(answer.hasSuffix(code), "\(frame.count) bytes sent: \(answer)")
            }
            let peak = receiver.process.peakBytes
            print("bomb: \(content), the receiver's peak is \(peak >> 20) MiB")
            #expect(peak < 256 << 20, "\(peak) bytes")
        }

        /// The smallest records of a kind, as many as wanted (docs/wire-format.md, "Body").
        enum Content: CaseIterable, Sendable {
            case logs, gaps, series, firstWindows, windows, events, samples

            func counts(_ count: Int) -> RecordCounts {
                switch self {
                case .logs: RecordCounts(logs: count)
                case .gaps: RecordCounts(gaps: count)
                case .series: RecordCounts()
                case .firstWindows, .windows: RecordCounts(windows: count)
                case .events: RecordCounts(events: count)
                case .samples: RecordCounts(samples: count)
                }
            }

            /// Of the records' time, in microseconds since 1970.
            var end: Int64 { self == .firstWindows || self == .windows ? 1 : 0 }

            func body(_ count: Int) -> [UInt8] {
                var writer = ByteWriter()
                switch self {
                case .logs:
                    writer.count(count)
                    // Times and levels, then sources and messages.
                    writer.raw([0, 0, 0, 0] + [UInt8](repeating: 0, count: 2 * count))
                    return Self.section(3, writer)
                case .gaps:
                    writer.count(count)
                    writer.raw((0..<count).flatMap { _ in [1, 0, 0, 0, 0, 0] as [UInt8] })
                    return Self.section(4, writer)
                case .series:
                    writer.count(count)
                    writer.raw([UInt8](repeating: 0, count: 4 * count))
                    return Self.section(1, writer)
                case .firstWindows:
                    // Size and aggregates; then as below, without ends, revisions and quality.
                    writer.signed(1)
                    writer.raw([1, 0])
                    writer.count(count)
                    writer.raw([0, 0] + Self.times(count) + [0, 0] + [0, 0, 0])
                    return Self.oneSeries + Self.section(2, writer)
                case .windows:
                    writer.layout(
                        WindowLayout(shape: .tumbling(size: 1), aggregates: [.count]))
                    writer.count(count)
                    // Series; starts, ends; revisions, flags, levels, reasons; counts.
                    writer.raw([0, 0] + Self.times(count) + Self.times(count))
                    for _ in 0..<4 { writer.raw(Self.deltas(count)) }
                    writer.raw([0, 0, 0])
                    return Self.oneSeries + Self.section(5, writer)
                case .events:
                    writer.count(count)
                    // Kinds, states, severities of 1; times; values; levels, reasons; texts.
                    writer.raw([0, 2, 0, 2, 0, 2] + Self.times(count) + [0, 0, 0])
                    writer.raw(Self.deltas(count) + Self.deltas(count))
                    writer.raw([UInt8](repeating: 0, count: 3 * count))
                    return Self.section(6, writer)
                case .samples:
                    writer.count(count)
                    // Series; times; numbers of scale 0; levels, reasons.
                    writer.raw(Self.deltas(count) + Self.times(count))
                    writer.raw([1, 0] + [UInt8](repeating: 0, count: count))
                    writer.raw(Self.deltas(count) + Self.deltas(count))
                    return Self.oneSeries + Self.section(7, writer)
                }
            }

            /// A column of zeros, a byte for each.
            private static func deltas(_ count: Int) -> [UInt8] {
                [1] + [UInt8](repeating: 0, count: count)
            }

            /// In units of 1 us.
            private static func times(_ count: Int) -> [UInt8] { [2] + deltas(count) }

            private static var oneSeries: [UInt8] {
                var writer = ByteWriter()
                writer.raw([1, 0, 0, 0, 0])
                return section(1, writer)
            }

            private static func section(_ kind: UInt8, _ content: ByteWriter) -> [UInt8] {
                var writer = ByteWriter()
                writer.byte(kind)
                writer.block(content.bytes)
                return writer.bytes
            }
        }
    }
}
