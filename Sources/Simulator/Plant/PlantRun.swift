/// Lets the virtual plant run and publishes what its sensors read.
package struct PlantRun: Sendable {
    package var access: BrokerAccess
    package var truth: String
    package var line: String
    /// Readings a second, of each sensor.
    package var rate: Double
    /// Readings of each sensor after which it ends; nil: until interrupted.
    package var readings: Int?
    package var seed: UInt64

    package init(
        access: BrokerAccess, truth: String, line: String, rate: Double, readings: Int?,
        seed: UInt64
    ) {
        self.access = access
        self.truth = truth
        self.line = line
        self.rate = rate
        self.readings = readings
        self.seed = seed
    }

    /// Blocks until the last message is acknowledged.
    ///
    /// - Parameter report: hears in a line what goes on.
    package func run(report: (String) -> Void) throws(SimulatorError) -> PublishingSummary {
        var plant = Plant(seed: seed)
        var devices = try Devices(Sensor.devices, at: access)
        let truth = try TruthFile(path: truth)
        Interruption.listen()
        report(
            "\(Sensor.devices.count) devices are connected to \(access.address);"
                + " each sensor publishes \(rate) readings a second below plant/\(line)/")
        let start = Clock.steady
        var (round, lastTime) = (0, Int64.min)
        while round < readings ?? .max, !Interruption.isRequested {
            // The wall clock may stand still or go back; a topic's times may not.
            lastTime = max(Clock.wall, lastTime + 1)
            for (sensor, value) in plant.readings() {
                let message = Message(
                    topic: sensor.topic(line: line), milliseconds: lastTime, value: value)
                try devices.publish(message, from: sensor.device)
                truth.append(message)
            }
            try truth.flush()
            plant.step(1 / rate)
            round += 1
            Clock.wait(until: start + Double(round) / rate)
        }
        return devices.finish()
    }
}
