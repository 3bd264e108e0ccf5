internal import Foundation
internal import Rig

extension Findings {
    /// Plays something on a plant, which is gone afterwards; logs and stores are kept when
    /// something is not as it should be.
    static func of(_ plant: Plant, _ body: (Plant) throws -> Findings) throws -> Findings {
        do {
            var findings = try body(plant)
            if findings.failures.isEmpty {
                plant.remove()
            } else {
                findings.failures.append("logs and stores: \(evidence(of: plant))")
            }
            return findings
        } catch {
            throw RigError("\(error)\n\(plant.logs)\nlogs and stores: \(evidence(of: plant))")
        }
    }

    private static func evidence(of plant: Plant) -> String {
        plant.stop()
        let folder = plant.workspace.folder.path
        let storage = plant.gateway.configuration.storage
        if !storage.hasPrefix(folder) {
            // On a disk of its own, which goes.
            try? FileManager.default.copyItem(atPath: storage, toPath: "\(folder)/store")
        }
        return folder
    }
}
