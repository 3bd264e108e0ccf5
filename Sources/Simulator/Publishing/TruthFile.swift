#if canImport(Glibc)
    internal import Glibc
#endif

/// What was published, a line a message, for whoever checks what arrived.
struct TruthFile: ~Copyable {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    /// Begins the file anew.
    init(path: String) throws(SimulatorError) {
        guard let file = fopen(path, "w") else {
            throw SimulatorError(
                "can't write the truth file \(path) (\(String(cString: strerror(errno))))",
                advice: "check the folder and --truth")
        }
        self.path = path
        self.file = file
    }

    deinit { fclose(file) }

    func append(_ message: Message) { fputs(message.truth + "\n", file) }

    /// - Throws: when any line since the beginning could not be written.
    func flush() throws(SimulatorError) {
        guard fflush(file) == 0, ferror(file) == 0 else {
            throw SimulatorError(
                "can't write the truth file \(path) (\(String(cString: strerror(errno))))",
                advice: "is the disk full?")
        }
    }
}
