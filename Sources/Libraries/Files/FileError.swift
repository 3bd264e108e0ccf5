#if canImport(Glibc)
    internal import Glibc
#endif

/// What the file system would not do: with which file, why, what to do.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// Such as "open it".
    package let action: String
    /// `errno`.
    package let number: Int32

    package init(_ path: String, _ action: String, number: Int32) {
        self.path = path
        self.action = action
        self.number = number
    }

    package var isFull: Bool { [ENOSPC, EDQUOT].contains(number) }

    package var description: String {
        "\(path): can't \(action) (\(String(cString: strerror(number)))); \(advice)"
    }

    private var advice: String {
        switch number {
        case ENOSPC, EDQUOT: "make room on the disk"
        case EACCES, EPERM, EROFS: "check that this user may read and write there"
        default: "check the path and the disk"
        }
    }
}
