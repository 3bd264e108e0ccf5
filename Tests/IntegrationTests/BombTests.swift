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
            body: [UInt8], rawSize: Int, windows: Int = 0, logs: Int = 0, gaps: Int = 0,
            to: Int64 = 0
        ) -> [UInt8] {
            var header = ByteWriter()
            header.varint(1)
            header.text("gateway-1")
            header.raw([UInt8](repeating: 7, count: 16))
            header.varint(1)
            header.raw([UInt8](repeating: 0, count: 32))
            header.raw(SHA256Digest(hashing: body).bytes)
            for count in [rawSize, windows, logs, gaps] { header.count(count) }
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
        @Test(arguments: [Content.logs, .gaps, .series, .windows])
        func unfoldsToABoundedPart(_ content: Content) throws {
            defer { workspace.remove() }
            for count in [1_000_000, 2_500_000] {
                let body = content.body(count)
                let frame = Zstd.compress(body, level: 3)
                let answer = try send(
                    batch(
                        body: frame, rawSize: body.count,
                        windows: content == .windows ? count : 0,
                        logs: content == .logs ? count : 0, gaps: content == .gaps ? count : 0,
                        to: content == .windows ? 1 : 0))
                let code = count == 1_000_000 ? " 200" : " 400"
                #expect(answer.hasSuffix(code), "\(frame.count) bytes sent: \(answer)")
            }
            let peak = receiver.process.peakBytes
            print("bomb: \(content), the receiver's peak is \(peak >> 20) MiB")
            #expect(peak < 256 << 20, "\(peak) bytes")
        }

        /// The smallest records of a kind, as many as wanted (docs/wire-format.md, "Body").
        enum Content: Sendable {
            case logs, gaps, series, windows

            func body(_ count: Int) -> [UInt8] {
                var writer = ByteWriter()
                writer.count(count)
                switch self {
                case .logs:
                    // Times and levels, then sources and messages.
                    writer.raw([0, 0, 0, 0] + [UInt8](repeating: 0, count: 2 * count))
                    return Self.section(3, writer)
                case .gaps:
                    writer.raw((0..<count).flatMap { _ in [1, 0, 0, 0, 0, 0] as [UInt8] })
                    return Self.section(4, writer)
                case .series:
                    writer.raw([UInt8](repeating: 0, count: 4 * count))
                    return Self.section(1, writer)
                case .windows:
                    var series = ByteWriter()
                    series.count(1)
                    series.raw([0, 0, 0, 0])
                    var table = ByteWriter()
                    table.layout(WindowLayout(size: 1, aggregates: [.count]))
                    table.count(count)
                    table.raw([0, 0])
                    table.signed(1)
                    // A count is believed only as far as there are bytes left: the starts.
                    table.byte(1)
                    table.raw([UInt8](repeating: 0, count: count))
                    table.raw([0, 0] + [0, 0, 0])
                    return Self.section(1, series) + Self.section(2, table)
                }
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
