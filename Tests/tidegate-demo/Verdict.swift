internal import Foundation
internal import Rig

/// The last line of the demo.
struct Verdict {
    private let comparison: Comparison
    private let audit: Audit
    private let resent: Int
    private let folder: String

    init(plant: Plant, status: GatewayStatus) throws {
        comparison = try plant.compare()
        audit = try plant.receiver.audit()
        folder = plant.workspace.folder.path
        // The gateway's count begins anew when it is killed, the receiver's goes on.
        resent = max(status.uplink.resent, audit.duplicates)
    }

    /// - Returns: whether everything is as it should be.
    func tell() -> Bool {
        for difference in comparison.differences.prefix(20) { say("  differs: \(difference)") }
        let more = comparison.differences.count - 20
        if more > 0 { say("  and \(more) windows more") }
        if !comparison.isEqual { say("  logs and stores: \(folder)") }
        say(
            "demo: published=\(comparison.published) counted=\(comparison.counted)"
                + " lost=\(comparison.lost) duplicated=\(comparison.duplicated)"
                + " windows=\(comparison.windows) batches=\(audit.batches) resent=\(resent)"
                + " bytes_per_window=\(bytesPerWindow) \(comparison.isEqual ? "ok" : "DIFFERS")")
        return comparison.isEqual
    }

    private var bytesPerWindow: String {
        guard audit.windows > 0 else { return "0.0" }
        let tenths = (audit.bytesWire * 10 + audit.windows / 2) / audit.windows
        return "\(tenths / 10).\(tenths % 10)"
    }
}
