internal import Zstd

#if canImport(Glibc)
    internal import Glibc
#endif

/// The bytes of a file, or of standard input, piece by piece; decompressed where the name ends
/// in `.zst` or the bytes begin as a Zstandard frame does (RFC 8878, section 3.1.1).
package struct PieceReader: ~Copyable {
    /// The file, as errors name it.
    package let name: String
    private let file: UnsafeMutablePointer<FILE>
    private var decompressor: ZstdReader?
    private var isAtStart = true

    /// - Parameter path: `-` is standard input.
    package init(path: String) throws(SimulatorError) {
        name = path == "-" ? "standard input" : path
        guard let file = path == "-" ? fdopen(dup(STDIN_FILENO), "r") : fopen(path, "r") else {
            throw SimulatorError(
                "can't read \(path) (\(String(cString: strerror(errno))))",
                advice: "check the path and its permissions")
        }
        self.file = file
        decompressor = path.hasSuffix(".zst") ? ZstdReader() : nil
    }

    deinit { fclose(file) }

    /// `nil` at the end.
    package mutating func next() throws(SimulatorError) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = fread(buffer.baseAddress, 1, 65_536, file)
        }
        guard ferror(file) == 0 else {
            throw SimulatorError(
                "can't read \(name) (\(String(cString: strerror(errno))))",
                advice: "is it a file?")
        }
        if isAtStart, bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]), decompressor == nil {
            decompressor = ZstdReader()
        }
        isAtStart = false
        guard !bytes.isEmpty else {
            if decompressor?.isComplete == false { throw damaged("it ends within a frame") }
            return nil
        }
        guard decompressor != nil else { return bytes }
        do {
            return try decompressor?.decompress(bytes) ?? bytes
        } catch {
            throw damaged("\(error)")
        }
    }

    private func damaged(_ problem: String) -> SimulatorError {
        SimulatorError("\(name): \(problem)", advice: "is it a whole .zst file?")
    }
}
