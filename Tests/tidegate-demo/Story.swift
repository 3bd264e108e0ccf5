internal import Foundation
internal import Glibc
internal import Rig

/// Tells what happens, with the time since the beginning.
final class Story {
    private let start = Date()
    private var lastProgress = Date.distantPast
    private var step = 0

    func tell(_ line: String) {
        step += 1
        say("\(elapsed)  \(step). \(line)")
    }

    /// Lets time pass, with a line of progress every second.
    func watch(_ gateway: Gateway, seconds: Double) throws {
        let end = Date().addingTimeInterval(seconds)
        try watch(gateway) { Date() < end }
    }

    /// The same while something goes on.
    func watch(_ gateway: Gateway, while goesOn: () -> Bool) throws {
        while goesOn() {
            if let status = try gateway.status { progress(status) }
            guard gateway.process.isRunning else {
                throw RigError("the gateway ended (\(gateway.process.poll() ?? 0))")
            }
            usleep(100_000)
        }
    }

    /// At most a line a second.
    func progress(_ status: GatewayStatus) {
        guard Date().timeIntervalSince(lastProgress) >= 1 else { return }
        lastProgress = Date()
        say(
            "\(elapsed)       readings \(status.core.readings), open windows"
                + " \(status.core.openWindows), waiting records \(status.outbox.records)"
                + " and batches \(status.outbox.batches), accepted \(status.uplink.accepted)"
                + " (\(status.uplink.state))")
    }

    private var elapsed: String {
        let tenths = Int(Date().timeIntervalSince(start) * 10)
        let text = "\(tenths / 10).\(tenths % 10) s"
        return String(repeating: " ", count: max(0, 7 - text.count)) + text
    }
}
