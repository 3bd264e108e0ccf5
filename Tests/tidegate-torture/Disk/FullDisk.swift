internal import Rig

/// No room is left: ENOSPC.
struct FullDisk: DiskFault {
    static let name = "disk full"
    let reason = "the disk is full"
    private let disk: SmallDisk

    init?(in workspace: Workspace) throws {
        guard let disk = try SmallDisk(mebibytes: 32, named: "disk", in: workspace) else {
            return nil
        }
        self.disk = disk
    }

    var storage: String { disk.path }
    func strike() throws { try disk.fill() }
    func mend(_ plant: Plant) throws { try disk.makeRoom() }
    func lookAgain() {}
    func remove() { disk.remove() }
}
