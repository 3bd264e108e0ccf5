/// Names of files: as they are seen, and as they are found after a power cut. A name made
/// or removed is on the medium when its directory was synced, not before.
struct Directory {
    private(set) var files: [String: DiskFile] = [:]
    private var durable: [String: DiskFile] = [:]
    private var changes: [(name: String, file: DiskFile?)] = []

    mutating func set(_ name: String, _ file: DiskFile?) {
        files[name] = file
        changes.append((name, file))
    }

    /// Syncs the folder that `name` is in.
    mutating func sync(around name: String) {
        let folder = Self.folder(of: name)
        changes.removeAll { change in
            guard Self.folder(of: change.name) == folder else { return false }
            durable[change.name] = change.file
            return true
        }
    }

    private static func folder(of name: String) -> Substring {
        name.lastIndex(of: "/").map { name[..<$0] } ?? ""
    }

    /// The power is gone: of each name's changes since the sync some first ones were made.
    mutating func settle(_ damage: inout PowerCutDamage) {
        var names: [String] = []
        for change in changes where !names.contains(change.name) { names.append(change.name) }
        for name in names {
            let own = changes.filter { $0.name == name }
            let made = damage.changes(of: own.count)
            if made > 0 { durable[name] = own[made - 1].file }
        }
        changes.removeAll()
        files = durable
    }
}
