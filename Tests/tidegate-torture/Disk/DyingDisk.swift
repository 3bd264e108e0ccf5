internal import Rig

/// Blocks can't be written: `fsync` answers EIO, and the kernel forgets what it could not
/// write. The disk is a file, on a disk that has no room for it.
struct DyingDisk: DiskFault {
    static let name = "EIO from write and fsync"
    let reason = "disk I/O error"
    private let outer: SmallDisk
    private let inner: SmallDisk

    init?(in workspace: Workspace) throws {
        guard let outer = try SmallDisk(mebibytes: 32, named: "outer", in: workspace) else {
            return nil
        }
        guard
            let inner = try SmallDisk(
                imageIn: outer.path, mebibytes: 64, errors: "continue", named: "inner",
                in: workspace)
        else {
            outer.remove()
            return nil
        }
        (self.outer, self.inner) = (outer, inner)
    }

    var storage: String { inner.path }
    func strike() throws { try outer.fill() }
    func mend(_ plant: Plant) throws { try outer.makeRoom() }
    /// What the kernel has only in memory goes.
    func lookAgain() throws { try inner.forget() }

    func remove() {
        inner.remove()
        outer.remove()
    }
}
