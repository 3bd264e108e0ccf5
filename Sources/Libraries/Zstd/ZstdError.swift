package enum ZstdError: Error, Hashable, Sendable, CustomStringConvertible {
    case noFrame
    case tooLarge(stated: UInt64, limit: Int)
    case damaged(String)

    package var description: String {
        switch self {
        case .noFrame: "not a zstd frame that states its size"
        case .tooLarge(let stated, let limit):
            "would decompress to \(stated) bytes, more than the limit of \(limit)"
        case .damaged(let reason): "damaged zstd frame (\(reason))"
        }
    }
}
