internal import SQLite
internal import Zstd

/// A configuration's text in the store: a zstd frame, whose checksum tells a damaged one from
/// one that was changed.
enum PlanText {
    private static let magic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
    private static let limit = 1 << 28

    static func value(_ text: String) -> Value {
        .blob(Zstd.compress(Array(text.utf8), level: 1))
    }

    /// Older stores have the plain text.
    static func text(_ data: [UInt8]) throws(ZstdError) -> String {
        let isFrame = data.starts(with: magic)
        return String(
            decoding: isFrame ? try Zstd.decompress(data, limit: limit) : data, as: UTF8.self)
    }
}
