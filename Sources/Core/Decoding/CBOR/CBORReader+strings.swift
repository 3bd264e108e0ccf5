/// Strings, also those of indefinite length, whose chunks are strings of definite length and
/// of the same type (RFC 8949, section 3.2.3).
extension CBORReader {
    mutating func bytes(_ head: CBORHead) throws(Undecodable) -> [UInt8] {
        guard head.isIndefinite else { return try cursor.raw(head.argument) }
        var whole: [UInt8] = []
        while !takeBreak() { whole += try cursor.raw(chunk(of: .bytes)) }
        return whole
    }

    /// A character is never spread over chunks.
    mutating func text(_ head: CBORHead) throws(Undecodable) -> String {
        guard head.isIndefinite else { return try cursor.text(head.argument) }
        var whole = ""
        while !takeBreak() { whole += try cursor.text(chunk(of: .text)) }
        return whole
    }

    private mutating func chunk(of major: CBORHead.Major) throws(Undecodable) -> UInt64 {
        let head = try CBORHead(from: &cursor)
        guard head.major == major, !head.isIndefinite else {
            throw cursor.malformed(
                "a chunk of \(major == .text ? "text" : "bytes")", at: head.offset)
        }
        return head.argument
    }
}
