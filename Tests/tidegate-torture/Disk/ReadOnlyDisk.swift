internal import Rig

/// The kernel finds an error and makes the file system read-only: EROFS. It stays so until it
/// is unmounted and checked, for which the gateway has to be stopped.
struct ReadOnlyDisk: DiskFault {
    static let name = "file system gone read-only"
    let reason = "disk I/O error"
    private let disk: SmallDisk

    init?(in workspace: Workspace) throws {
        guard
            let disk = try SmallDisk(
                imageIn: workspace.directory("images"), mebibytes: 64, errors: "remount-ro",
                named: "disk", in: workspace)
        else { return nil }
        self.disk = disk
    }

    var storage: String { disk.path }
    func strike() throws { try disk.breakDown() }

    func mend(_ plant: Plant) throws {
        plant.gateway.process.terminate()
        try plant.gateway.process.wait(seconds: 20)
        try disk.repair()
        try plant.gateway.restart()
    }

    func lookAgain() throws { try disk.forget() }
    func remove() { disk.remove() }
}
