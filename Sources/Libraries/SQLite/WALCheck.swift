internal import CSQLite

/// Whether the log can be read back as it was written: what a failed sync left in the page
/// cache alone may have been thrown out of it since. While the log's write lock is held.
/// The format: https://sqlite.org/fileformat2.html, section 4.
struct WALCheck {
    private let file: UnsafeMutablePointer<sqlite3_file>
    private var sums: (UInt32, UInt32) = (0, 0)
    private var isBigEndian = false

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// - Parameter file: the log's.
    init(_ file: UnsafeMutablePointer<sqlite3_file>) { self.file = file }

    /// - Parameter index: what the log must come to.
    consuming func run(against index: WALIndex) throws(SQLiteError) {
        let frames = index.frames
        guard frames > 0 else { return }
        var header = [UInt8](repeating: 0, count: Self.headerSize)
        try read(&header, at: 0)
        isBigEndian = header[3] & 1 == 1
        let pageSize = Int(Self.word(header, 8))
        guard (512...65_536).contains(pageSize) else { throw Self.broken }
        add(header[..<24])
        try check(header, at: 24)
        var frame = [UInt8](repeating: 0, count: Self.frameHeaderSize + pageSize)
        for number in 0..<frames {
            try read(&frame, at: Self.headerSize + number * frame.count)
            add(frame[..<8])
            add(frame[Self.frameHeaderSize...])
            try check(frame, at: 16)
        }
        guard sums == index.sums else { throw Self.broken }
    }

    private func read(_ target: inout [UInt8], at offset: Int) throws(SQLiteError) {
        let code = target.withUnsafeMutableBytes {
            file.pointee.pMethods.pointee.xRead(
                file, $0.baseAddress, Int32($0.count), sqlite3_int64(offset))
        }
        // Shorter than it was: the rest of `target` is zero.
        if code == SQLITE_IOERR | 2 << 8 { return }
        guard code == SQLITE_OK else { throw SQLiteError(code, "can't be read", "the log") }
    }

    private func check(_ bytes: [UInt8], at offset: Int) throws(SQLiteError) {
        guard Self.word(bytes, offset) == sums.0, Self.word(bytes, offset + 4) == sums.1
        else { throw Self.broken }
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Takes bytes, 8 at a time, into the sums.
    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        var (first, second) = sums
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let left = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let right = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                first &+= (isBigEndian ? left.bigEndian : left.littleEndian) &+ second
                second &+= (isBigEndian ? right.bigEndian : right.littleEndian) &+ first
                offset += 8
            }
        }
        sums = (first, second)
    }

    private static let broken = SQLiteError(
        SQLiteError.lostLog, "can't be read back as it was written; start the program anew",
        "the log")
}
