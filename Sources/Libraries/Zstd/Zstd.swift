internal import CZstd

/// Zstandard frames (RFC 8878).
package enum Zstd {
    /// With a checksum of the content, so that a flipped bit is found.
    ///
    /// - Parameter level: 1 (fast) to 19 (small); 3 is zstd's own default.
    package static func compress(_ bytes: [UInt8], level: Int32) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            let size = ZSTD_compress2(
                context, target.baseAddress, bound, bytes, bytes.count)
            // With a target of `compressBound` bytes only lack of memory can fail.
            precondition(ZSTD_isError(size) == 0, "zstd: \(Self.name(of: size))")
            count = size
        }
    }

    /// Decompresses one frame that must state its size.
    ///
    /// - Parameter limit: bytes; a frame that states more is refused before a byte is
    ///   decompressed.
    package static func decompress(_ frame: [UInt8], limit: Int) throws(ZstdError) -> [UInt8] {
        let stated = ZSTD_getFrameContentSize(frame, frame.count)
        guard stated != UInt64.max, stated != UInt64.max - 1 else { throw .noFrame }
        guard stated <= UInt64(limit) else { throw .tooLarge(stated: stated, limit: limit) }
        let size = Int(stated)
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
            result = ZSTD_decompress(target.baseAddress, size, frame, frame.count)
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else { throw .damaged(Self.name(of: result)) }
        guard result == size else { throw .damaged("shorter than its frame states") }
        return bytes
    }

    static func name(of code: Int) -> String { String(cString: ZSTD_getErrorName(code)) }
}
