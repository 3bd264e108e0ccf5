/// Reads a payload as one line of a log, in whichever form it is.
package enum LogDecoder {
    /// - Throws: for an empty payload only: anything else is at least a message.
    package static func decode(_ payload: Span<UInt8>) throws(Undecodable) -> LogLine {
        let range = payload.trimmed(0..<payload.count)
        guard let first = range.first else { throw Undecodable("an empty line") }
        switch payload[first] {
        case UInt8(ascii: "<"):
            if let line = Syslog.decode(payload.extracting(range)) { return line }
        case UInt8(ascii: "{"):
            if let line = JSONLog.decode(payload.extracting(range)) { return line }
        default: break
        }
        return PlainLog.decode(payload.extracting(range))
    }
}
