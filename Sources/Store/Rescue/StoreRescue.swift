package import Core
internal import Files
internal import SQLite
internal import Wire

/// Sets a store aside that can't be gone on with, under a dated name, and makes a new one of
/// what can be read. No gateway may run on it meanwhile.
package struct StoreRescue {
    private let directory: String
    private let gateway: String
    private let machine: String?
    private let now: Timestamp

    /// - Parameters:
    ///   - directory: with the store.
    ///   - machine: what tells this machine from others; `nil` where nothing does.
    package init(directory: String, gateway: String, machine: String?, now: Timestamp) {
        self.directory = directory
        self.gateway = gateway
        self.machine = machine
        self.now = now
    }

    /// - Parameter keepsState: whether open windows are to go on where all of the core's state
    ///   can be read.
    /// - Throws: `StoreError` with nothing changed.
    package func run(
        because damage: Damage, keepsState: Bool
    ) throws(StoreError) -> RescueReport {
        let lock = try StoreFile.lock(directory: directory)
        let swap = StoreSwap(directory: directory, lock: lock)
        try swap.finish()
        var report = RescueReport(damage: damage, aside: asideName)
        do {
            report = try make(swap, report, keepsState: keepsState)
        } catch {
            // A disk without room for a second store has room for an empty one.
            guard error.isFull else { throw error }
            try swap.finish()
            report = try makeWithout(swap, report)
        }
        do {
            try DurableFile.sync(swap.draft)
        } catch {
            throw .beside(error)
        }
        try swap.swap(aside: report.aside)
        return report
    }

    private func make(
        _ swap: StoreSwap, _ report: RescueReport, keepsState: Bool
    ) throws(StoreError) -> RescueReport {
        let target = try StoreFile.open(swap.draft, gateway, machine, nil)
        // What is no database at all has nothing to carry over.
        guard report.damage.isReadable, let source = DamagedFile.open(file, mends: true) else {
            return try note(report, in: target, at: swap.draft)
        }
        do {
            // A draft that breaks off is thrown away: no need to journal or sync each write.
            try target.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            var salvage = Salvage(
                from: source, to: target, gateway: gateway, report: report, now: now)
            try target.transaction { () throws(SQLiteError) in
                try salvage.replace(keepsState: keepsState)
            }
            return salvage.report
        } catch {
            throw .file(swap.draft, error)
        }
    }

    /// Takes what waits to be shipped in another store, damaged or not, over into the
    /// gateway's own. The other one stays as it is.
    ///
    /// - Throws: `StoreError`, too where the gateway's own store, or its log, is gone: only its
    ///   start says so upstream, and what this writes would hide it.
    package func add(from file: String) throws(StoreError) -> RescueReport {
        let lock = try StoreFile.lock(directory: directory)
        defer { withExtendedLifetime(lock) {} }
        try StoreSwap(directory: directory, lock: lock).finish()
        if let damage = Witness(lock)?.contradiction(file: self.file) {
            throw .unfit(
                self.file, "\(damage); start the gateway once first, so that it says what is lost")
        }
        let target = try StoreFile.open(directory: directory, gateway: gateway, machine: machine)
        // However this ends, with `target` the last connection closes, and the log goes.
        try Witness.closed.write(to: lock, path: self.file)
        guard let source = DamagedFile.open(file) else {
            throw .unfit(file, "no store that can be read")
        }
        var salvage = Salvage(
            from: source, to: target, gateway: gateway,
            report: RescueReport(damage: .corrupt("rescued by hand"), aside: file), now: now)
        do {
            try target.transaction { () throws(SQLiteError) in try salvage.add() }
        } catch {
            throw .file(self.file, error)
        }
        return salvage.report
    }

    /// A new store that only says what became of the old one.
    private func makeWithout(
        _ swap: StoreSwap, _ report: RescueReport
    ) throws(StoreError) -> RescueReport {
        try note(report, in: StoreFile.open(swap.draft, gateway, machine, nil), at: swap.draft)
    }

    private func note(
        _ report: RescueReport, in target: Connection, at path: String
    ) throws(StoreError) -> RescueReport {
        var report = report
        let source = DamagedFile.open(file)
        let counts = ["outbox_records", "batch_records"].map { try? source?.counter($0) }
        let waiting = counts.map { $0 ?? 0 }.saturatingSum
        let known = counts.contains(nil) ? "nobody knows how many records it holds; " : ""
        report.left = Int(clamping: waiting)
        let gap = GapRecord(
            cause: .storeSetAside, subject: report.aside, from: now, to: now,
            count: UInt64(clamping: waiting),
            detail: "\(report.damage); \(known)nobody knows how many messages its open windows "
                + "held; what it holds is not shipped: see "
                + "'tidegate store verify', 'tidegate store export' and 'tidegate store rescue'")
        do {
            try target.transaction { () throws(SQLiteError) in
                try OutboxTable.insert(RecordSet(gaps: [gap]), at: now, in: target)
            }
        } catch {
            throw .file(path, error)
        }
        return report
    }

    private var file: String { "\(directory)/\(StoreFile.name)" }

    /// Such as `tidegate.sqlite.damaged-20261124T001556Z`; a number after it where that is
    /// taken.
    private var asideName: String {
        let digits = now.description.prefix(19).filter { $0.isNumber || $0 == "T" }
        let name = "\(StoreFile.name).damaged-\(digits)Z"
        var number = 1
        var free = name
        while DurableFile.exists("\(directory)/\(free)") {
            number += 1
            free = "\(name)-\(number)"
        }
        return free
    }
}

extension Damage {
    /// Whether this program knows what its tables mean.
    fileprivate var isReadable: Bool {
        switch self {
        case .corrupt, .state, .logMissing: true
        case .fileMissing, .newer, .foreign, .otherMachine: false
        }
    }
}

extension StoreError {
    fileprivate var isFull: Bool {
        switch self {
        case .file(_, let error): error.isFull
        case .beside(let error): error.isFull
        case .damaged, .unfit, .held: false
        }
    }
}
