/// Replays a CSV file through the broker as one device.
package struct ReplayRun: Sendable {
    package var access: BrokerAccess
    package var device: String
    package var truth: String
    package var file: String
    /// The column with the moment of the row.
    package var timeColumn: String
    package var template: TopicTemplate
    /// Those to publish; nil is each that is neither the time nor in the topic.
    package var columns: [String]?
    /// Rows after which it ends; nil: all.
    package var rows: Int?
    package var pace: ReplayPace

    package init(
        access: BrokerAccess, device: String, truth: String, file: String, timeColumn: String,
        template: TopicTemplate, columns: [String]?, rows: Int?, pace: ReplayPace
    ) {
        self.access = access
        self.device = device
        self.truth = truth
        self.file = file
        self.timeColumn = timeColumn
        self.template = template
        self.columns = columns
        self.rows = rows
        self.pace = pace
    }

    /// Blocks until the last message is acknowledged.
    ///
    /// - Parameter report: hears in a line what goes on.
    package func run(report: (String) -> Void) throws(SimulatorError) -> PublishingSummary {
        var csv = try CSVFile(path: file)
        guard let header = try csv.next() else {
            throw SimulatorError("\(file) is empty", advice: "its first row names the columns")
        }
        let table = try ReplayTable(
            header: header, time: timeColumn, template: template, columns: columns)
        var devices = try Devices([device], at: access)
        let truth = try TruthFile(path: truth)
        Interruption.listen()
        report("\(device) is connected to \(access.address); replaying \(file)")
        var pace = pace
        var number = 1
        let start = Clock.steady
        while number <= rows ?? .max, !Interruption.isRequested, let row = try csv.next() {
            number += 1
            let (time, messages) = try table.messages(of: row, number: number)
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
