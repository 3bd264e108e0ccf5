internal import Foundation
internal import Rig

/// Several stores for one gateway, one in its place at a time.
struct StoreShelf {
    private let plant: Plant
    private let folder: String

    init(_ plant: Plant) throws {
        self.plant = plant
        folder = try plant.workspace.directory("stores")
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func stopGateway() throws {
        plant.gateway.process.terminate()
        try plant.gateway.process.wait(seconds: 30)
    }

    func copyGatewayStore(to name: String) throws {
        try FileManager.default.copyItem(
            atPath: plant.gateway.configuration.storage, toPath: path(name))
    }

    /// With that store in the gateway's place; the gateway is stopped afterwards.
    func use(_ name: String, _ body: () throws -> Void) throws {
        let place = plant.gateway.configuration.storage
        try? FileManager.default.removeItem(atPath: place)
        try FileManager.default.moveItem(atPath: path(name), toPath: place)
        try body()
        try stopGateway()
        try FileManager.default.moveItem(atPath: place, toPath: path(name))
    }
}
