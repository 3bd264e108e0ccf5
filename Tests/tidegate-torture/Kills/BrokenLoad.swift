internal import Foundation
internal import Rig

internal import struct Simulator.SplitMix

/// The plant's sensors at a high rate, and the broker stopped between two pieces of it: what
/// a sensor has sent and the broker has not acknowledged would come twice from the sensor.
struct BrokenLoad {
    private let rate: Int
    private var random: SplitMix
    private var pieces = 0
    private(set) var stops = 0

    init(rate: Int, seed: UInt64) {
        self.rate = rate
        // Apart from the schedule's.
        random = SplitMix(seed: ~seed)
    }

    /// One piece, and then the broker is away for a while.
    ///
    /// - Parameter goesOn: asked again and again; false ends the piece early.
    mutating func publish(on plant: Plant, while goesOn: () -> Bool) throws {
        let seconds = Int.random(in: 15...35, using: &random)
        pieces += 1
        let simulation = try plant.simulate([
            "plant", "--rate", "\(rate)", "--duration", "\(seconds)s", "--seed",
            "\(random.next() >> 16)",
        ])
        while simulation.process.isRunning {
            if !goesOn() {
                simulation.process.terminate()
                break
            }
            Thread.sleep(forTimeInterval: 0.1)
        }
        try simulation.finish(seconds: 60)
        guard goesOn() else { return }
        plant.broker.process.terminate()
        try plant.broker.process.wait(seconds: 20)
        Thread.sleep(forTimeInterval: Double.random(in: 0...2, using: &random))
        try plant.broker.restart()
        stops += 1
    }
}
