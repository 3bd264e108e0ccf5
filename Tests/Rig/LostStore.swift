/// A gateway's store of which something was lost: whatever the gap records say of it, they
/// can't speak of what came later.
package struct LostStore {
    /// When the gateway that wrote it had ended, in milliseconds since 1970.
    let end: Int64
    /// How long before that the oldest of its open windows may have begun, in milliseconds.
    let open: Int64

    package init(end: Int64, open: Int64) {
        self.end = end
        self.open = open
    }
}
