internal import Foundation
internal import SQLite

/// A table in a gateway's store, to be made unreadable.
package struct StoreTable {
    private let page: Int64
    private static let size: Int64 = 4_096

    /// The gateway may run.
    ///
    /// - Parameter directory: the store's.
    package init(_ name: String, in directory: String) throws {
        page = try Connection(path: "\(directory)/tidegate.sqlite", readOnly: true)
            .integer("SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'")
        guard page > 1 else { throw RigError("\(directory): no table \(name)") }
    }

    /// Overwrites the page by which all else of it is found. The gateway may run.
    ///
    /// - Parameter file: the store's, or a copy.
    package func overwrite(in file: String) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: file))
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64((page - 1) * Self.size))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(Self.size)))
    }
}
