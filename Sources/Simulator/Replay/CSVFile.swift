internal import Zstd

#if canImport(Glibc)
    internal import Glibc
#endif

/// The rows of a CSV file, read piece by piece; decompressed when its name ends in `.zst`.
struct CSVFile: ~Copyable {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>
    private var decompressor: ZstdReader?
    private var parser = CSVParser()
    /// Parsed and not handed out yet, the next one last.
    private var waiting: [[String]] = []
    private var isAtEnd = false

    init(path: String) throws(SimulatorError) {
        guard let file = fopen(path, "r") else {
            throw SimulatorError(
                "can't read \(path) (\(String(cString: strerror(errno))))",
                advice: "check the path and its permissions")
        }
        self.path = path
        self.file = file
        decompressor = path.hasSuffix(".zst") ? ZstdReader() : nil
    }

    deinit { fclose(file) }

    /// `nil` at the end.
    mutating func next() throws(SimulatorError) -> [String]? {
        while waiting.isEmpty, !isAtEnd { try readPiece() }
        return waiting.popLast()
    }

    private mutating func readPiece() throws(SimulatorError) {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = fread(buffer.baseAddress, 1, 65_536, file)
        }
        guard ferror(file) == 0 else {
            throw SimulatorError(
                "can't read \(path) (\(String(cString: strerror(errno))))",
                advice: "is it a file?")
        }
        if bytes.isEmpty {
            isAtEnd = true
            waiting = parser.finish().map { [$0] } ?? []
        } else {
            waiting = parser.consume(try decompressed(bytes)).reversed()
        }
    }

    private mutating func decompressed(_ bytes: [UInt8]) throws(SimulatorError) -> [UInt8] {
        guard decompressor != nil else { return bytes }
        do {
            return try decompressor?.decompress(bytes) ?? bytes
        } catch {
            throw SimulatorError("\(path): \(error)", advice: "is it a whole .zst file?")
        }
    }
}
