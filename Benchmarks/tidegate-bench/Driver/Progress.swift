internal import Foundation

/// What the person who waits is told.
enum Progress {
    private static let start = Monotonic.now

    /// On standard error, so that standard output holds the figures alone.
    static func say(_ text: String) {
        let line = "[\(Int(Monotonic.now - start)) s] \(text)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
