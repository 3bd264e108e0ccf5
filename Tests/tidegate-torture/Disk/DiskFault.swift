internal import Rig

/// Something that happens to the disk below the gateway's store.
protocol DiskFault {
    /// For the table.
    static var name: String { get }
    /// A part of what the gateway says of it.
    var reason: String { get }
    /// The folder for the store.
    var storage: String { get }

    /// - Returns: `nil` where this user may not mount what it needs.
    init?(in workspace: Workspace) throws

    /// From now on the disk takes nothing.
    func strike() throws
    /// It takes what is written again.
    func mend(_ plant: Plant) throws
    /// When all is delivered, with the gateway stopped: whatever shows that the disk holds
    /// what the gateway believes.
    func lookAgain() throws
    func remove()
}

extension DiskFault {
    var name: String { Self.name }
}
