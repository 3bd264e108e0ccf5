/// Replays a CSV file through the broker as one device.
package struct ReplayRun: Sendable {
    package var access: BrokerAccess
    package var device: String
    package var truth: String
    package var file: String
    package var columns: ReplayColumns
    /// Rows after which it ends; nil: all.
    package var rows: Int?
    package var pace: ReplayPace

    package init(
        access: BrokerAccess, device: String, truth: String, file: String, columns: ReplayColumns,
        rows: Int?, pace: ReplayPace
    ) {
        self.access = access
        self.device = device
        self.truth = truth
        self.file = file
        self.columns = columns
        self.rows = rows
        self.pace = pace
    }

    /// Blocks until the last message is acknowledged.
    ///
    /// - Parameter report: hears in a line what goes on.
    package func run(report: (String) -> Void) throws(SimulatorError) -> PublishingSummary {
        var replay = try ReplayFile(path: file, columns: columns)
        var devices = try Devices([device], at: access)
        let truth = try TruthFile(path: truth)
        Interruption.listen()
        report("\(device) is connected to \(access.address); replaying \(file)")
        var pace = pace
        var count = 0
        let start = Clock.steady
        while count < rows ?? .max, !Interruption.isRequested,
            let (time, messages) = try replay.next()
        {
            count += 1
            Clock.wait(until: start + pace.due(time))
            for message in messages where !Interruption.isRequested {
                try devices.publish(message, from: device)
                truth.append(message)
            }
            try truth.flush()
        }
        return devices.finish()
    }
}
