import Foundation
import Rig
import Testing

extension OnRealParts {
    /// Recordings of real sensors, with the gaps that real data has, through the whole pipeline
    /// at many times their speed; windows computed here from the file.
    @Suite struct RealDataTests {
        /// A pump test bed (SKAB), and a room with sixteen sensors (UCI #864).
        private static let recordings = [
            Recording(
                name: "skab", file: "skab_valve_normal.csv.zst", time: "datetime",
                format: "yyyy-MM-dd HH:mm:ss", label: "experiment",
                sensors: [
                    "Accelerometer1RMS", "Accelerometer2RMS", "Current", "Pressure", "Temperature",
                    "Thermocouple", "Voltage", "VolumeFlowRateRMS",
                ], window: 10, speed: 100),
            Recording(
                name: "room", file: "uci_room_occupancy_16sensors_30s.csv.zst", time: "Date,Time",
                format: "yyyy/MM/dd HH:mm:ss", label: nil,
                sensors: [
                    "S1_Temp", "S2_Temp", "S3_Temp", "S4_Temp", "S1_Light", "S2_Light", "S3_Light",
                    "S4_Light", "S1_Sound", "S2_Sound", "S3_Sound", "S4_Sound", "S5_CO2", "S6_PIR",
                    "S7_PIR", "Room_Occupancy_Count",
                ], window: 300, speed: 3_000),
        ]

        /// `TIDEGATE_ROWS` plays more than the first rows, at a hundred rows a second.
        private static let rows =
            ProcessInfo.processInfo.environment["TIDEGATE_ROWS"].flatMap { Int($0) } ?? 3_000

        @Test(arguments: recordings)
        private func windowsEqualThoseComputedFromTheFile(recording: Recording) throws {
            guard FileManager.default.fileExists(atPath: recording.path) else {
                print("skipped: real data, since there is no \(recording.path)")
                return
            }
            let label = recording.label.map { "{\($0)}" } ?? "all"
            let topic = "plant/testbed/\(recording.name)/\(label)/{column}"
            var configuration = GatewayConfiguration(streams: [
                .init(name: recording.name, topic: topic, unit: "1")
            ])
            configuration.window = recording.window * 1_000
            configuration.delay = 5
            let plant = try Plant(
                name: recording.name, configuration: configuration, devices: [recording.name])
            defer { plant.remove() }
            try plant.simulate([
                "csv", recording.path, "--time", recording.time, "--topic", topic, "--columns",
                recording.sensors.joined(separator: ","), "--speed", "\(recording.speed)",
                "--device", recording.name, "--rows", "\(Self.rows)", "--max-gap", "30s",
            ]).finish(seconds: Double(Self.rows) / 50 + 60)
            try plant.drain(seconds: 60)

            var expected = try recording.windows(rows: Self.rows)
            let total = expected.count
            let exported = try plant.receiver.exportedWindows()
            for line in exported.split(separator: UInt8(ascii: "\n")) {
                let window = try JSONDecoder().decode(ExportedWindow.self, from: Data(line))
                let found = expected.removeValue(forKey: window.key)
                #expect(found == window.values, "\(window.key)")
            }
            #expect(expected.isEmpty, "\(expected.keys.prefix(3)) are missing")
            #expect(total > 2_000)
        }

        private struct ExportedWindow: Decodable {
            let labels: [String: String]
            let start: String
            let count: Int
            let sum, min, max, first, last: Decimal

            var key: String {
                "\(labels["experiment"] ?? "all") \(labels["column"] ?? "?") \(start)"
            }
            /// Foundation reads JSON numbers through doubles: back to the digits of the file.
            var values: Recording.Values {
                func exact(_ value: Decimal) -> Decimal {
                    var (value, rounded) = (value, Decimal(0))
                    NSDecimalRound(&rounded, &value, 12, .plain)
                    return rounded
                }
                return Recording.Values(
                    count: count, sum: exact(sum), min: exact(min), max: exact(max),
                    first: exact(first), last: exact(last))
            }
        }
    }
}
