internal import CZstd

/// Decompresses a stream of frames piece by piece: for files larger than memory.
package struct ZstdReader: ~Copyable {
    private let stream: OpaquePointer
    /// Whether a frame has ended and no other begun.
    package private(set) var isComplete = true

    package init() {
        guard let stream = ZSTD_createDStream() else { fatalError("zstd: out of memory") }
        self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    /// What the next bytes of the stream decompress to.
    package mutating func decompress(_ input: [UInt8]) throws(ZstdError) -> [UInt8] {
        var output: [UInt8] = []
        var position = 0
        var piece = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
        var full = false
        while position < input.count || full {
            var written = 0
            var status = 0
            let before = position
            input.withUnsafeBytes { source in
                piece.withUnsafeMutableBytes { target in
                    var from = ZSTD_inBuffer(
                        src: source.baseAddress, size: source.count, pos: position)
                    var into = ZSTD_outBuffer(
                        dst: target.baseAddress, size: target.count, pos: 0)
                    status = ZSTD_decompressStream(stream, &into, &from)
                    position = from.pos
                    written = into.pos
                }
            }
            guard ZSTD_isError(status) == 0 else { throw .damaged(Zstd.name(of: status)) }
            output.append(contentsOf: piece[..<written])
            // A call with nothing to do says how much the next frame's header takes.
            if written > 0 || position > before { isComplete = status == 0 }
            full = written == piece.count
        }
        return output
    }
}
