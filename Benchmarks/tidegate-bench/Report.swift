internal import Foundation

/// What a part tells the driver: a line of JSON each on its standard output.
/// Times are seconds of the machine's monotonic clock, which all processes share.
enum Report: Codable {
    case listening(port: Int)
    case subscribed
    case started(at: Double)
    /// The last message was acknowledged (by flood broker and load generator) or
    /// received (by the bare subscriber).
    case finished(messages: Int, at: Double)

    func send() {
        guard var line = try? JSONEncoder().encode(self) else { return }
        line.append(UInt8(ascii: "\n"))
        FileHandle.standardOutput.write(line)
    }
}
