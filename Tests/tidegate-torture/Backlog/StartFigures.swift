internal import Foundation
internal import Rig

/// What one start of the gateway costs.
struct StartFigures {
    /// Milliseconds until /readyz says yes.
    private var ready: Double
    private var bytesRead: Double
    private var resident: Double
    private var anonymous: Double
    /// Milliseconds of `tidegate status`.
    private var look: Double

    /// Starts it.
    init(of plant: Plant) throws {
        let begin = ContinuousClock.now
        try plant.gateway.restart()
        let port = plant.gateway.configuration.consolePort
        while HTTP.get("/readyz", port: port)?.status != 200 {
            guard begin.duration(to: .now) < .seconds(120), plant.gateway.process.isRunning else {
                throw RigError("the gateway was not ready:\n\(plant.gateway.process.tail())")
            }
            usleep(1_000)
        }
        ready = begin.duration(to: .now) / .milliseconds(1)
        // What it does at first goes on for a moment.
        usleep(2_000_000)
        let process = plant.gateway.process
        bytesRead = Double(process.bytesRead)
        resident = Double(process.residentBytes)
        anonymous = Double(process.anonymousBytes)
        let question = ContinuousClock.now
        try Command.run(
            Workspace.program("tidegate"), ["status", "--config", plant.gateway.file])
        look = question.duration(to: .now) / .milliseconds(1)
    }

    init(medianOf figures: [StartFigures]) {
        func median(_ figure: (StartFigures) -> Double) -> Double {
            figures.map(figure).sorted()[figures.count / 2]
        }
        ready = median(\.ready)
        bytesRead = median(\.bytesRead)
        resident = median(\.resident)
        anonymous = median(\.anonymous)
        look = median(\.look)
    }

    var start: String { "ready after \(Int(ready)) ms, \(Self.mebibytes(bytesRead)) read" }
    var memory: String { "\(Self.mebibytes(resident)), anonymous \(Self.mebibytes(anonymous))" }
    var status: String { "\(Int(look)) ms" }

    /// What is grossly more.
    func excess(over other: StartFigures) -> [String] {
        var found: [String] = []
        if ready > 1.5 * other.ready + 500 { found.append("start: \(start), not \(other.start)") }
        if anonymous > 1.5 * other.anonymous + 8e6 || resident > 1.5 * other.resident + 8e6 {
            found.append("memory: \(memory), not \(other.memory)")
        }
        if bytesRead > 1.5 * other.bytesRead + 8e6 {
            found.append("start: \(start), not \(other.start)")
        }
        if look > 1.5 * other.look + 500 { found.append("status: \(status), not \(other.status)") }
        return found
    }

    private static func mebibytes(_ bytes: Double) -> String {
        let tenths = Int((bytes * 10 / 1_048_576).rounded())
        return "\(tenths / 10).\(tenths % 10) MiB"
    }
}
