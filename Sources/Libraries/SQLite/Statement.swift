internal import CSQLite

/// A compiled statement at a row. Valid inside the call that hands it out.
package final class Statement {
    private let handle: OpaquePointer
    private unowned let connection: Connection
    private let sql: String

    init(_ sql: String, in connection: Connection) throws(SQLiteError) {
        var compiled: OpaquePointer?
        guard
            sqlite3_prepare_v3(
                connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
                == SQLITE_OK, let compiled
        else { throw connection.error(sql) }
        handle = compiled
        self.connection = connection
        self.sql = sql
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ value: Value, at index: Int) {
        let index = Int32(index)
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
        case .text(let text):
            tg_bind_text(handle, index, text, UInt64(text.utf8.count))
        case .blob(let bytes):
            // A nil pointer would bind NULL instead of an empty blob.
            if bytes.isEmpty {
                sqlite3_bind_zeroblob(handle, index, 0)
            } else {
                tg_bind_blob(handle, index, bytes, UInt64(bytes.count))
            }
        }
    }

    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.error(sql)
        }
    }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    package func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    package func text(_ column: Int) -> String {
        String(decoding: blob(column), as: UTF8.self)
    }

    package func blob(_ column: Int) -> [UInt8] {
        let start = sqlite3_column_blob(handle, Int32(column))
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return start.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) } ?? []
    }
}
