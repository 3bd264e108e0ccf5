import Foundation
import Rig
import Testing
import Zstd

extension OnRealParts {
    /// Eight sensors of a pump test bed, with the gaps that real data has (SKAB), through the
    /// whole pipeline at a hundred times their speed; windows computed here from the file.
    @Suite struct RealDataTests {
        private static let file = Workspace.repository
            .appending(path: "../shared/data/skab_valve_normal.csv.zst").standardizedFileURL
        private static let sensors = [
            "Accelerometer1RMS", "Accelerometer2RMS", "Current", "Pressure", "Temperature",
            "Thermocouple", "Voltage", "VolumeFlowRateRMS",
        ]
        /// Seconds.
        private static let window = 10

        /// `TIDEGATE_SKAB_ROWS` plays more than the first rows, up to all 31,877, at a hundred
        /// rows a second.
        private static let rows =
            ProcessInfo.processInfo.environment["TIDEGATE_SKAB_ROWS"].flatMap { Int($0) } ?? 3_000

        @Test func windowsEqualThoseComputedFromTheFile() throws {
            guard FileManager.default.fileExists(atPath: Self.file.path) else {
                print("skipped: real data, since there is no \(Self.file.path)")
                return
            }
            var configuration = GatewayConfiguration(streams: [
                .init(name: "skab", topic: "plant/testbed/skab/{experiment}/{column}", unit: "1")
            ])
            configuration.window = Self.window * 1_000
            configuration.delay = 5
            let plant = try Plant(name: "skab", configuration: configuration, devices: ["skab"])
            defer { plant.remove() }
            try plant.simulate([
                "csv", Self.file.path, "--time", "datetime", "--topic",
                "plant/testbed/skab/{experiment}/{column}", "--columns",
                Self.sensors.joined(separator: ","), "--speed", "100", "--device", "skab",
                "--rows", "\(Self.rows)", "--max-gap", "30s",
            ]).finish(seconds: Double(Self.rows) / 50 + 60)
            try plant.drain(seconds: 60)

            var expected = try Self.windows(of: Self.file, rows: Self.rows)
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

        private struct Values: Equatable {
            var count = 0
            var sum = Decimal(0)
            var min = Decimal(0)
            var max = Decimal(0)
            var first = Decimal(0)
            var last = Decimal(0)

            mutating func add(_ value: Decimal) {
                min = count == 0 ? value : Swift.min(min, value)
                max = count == 0 ? value : Swift.max(max, value)
                if count == 0 { first = value }
                last = value
                sum += value
                count += 1
            }
        }

        private struct ExportedWindow: Decodable {
            let labels: [String: String]
            let start: String
            let count: Int
            let sum, min, max, first, last: Decimal

            var key: String {
                "\(labels["experiment"] ?? "?") \(labels["column"] ?? "?") \(start)"
            }
            /// Foundation reads JSON numbers through doubles: back to the digits of the file.
            var values: Values {
                func exact(_ value: Decimal) -> Decimal {
                    var (value, rounded) = (value, Decimal(0))
                    NSDecimalRound(&rounded, &value, 12, .plain)
                    return rounded
                }
                return Values(
                    count: count, sum: exact(sum), min: exact(min), max: exact(max),
                    first: exact(first), last: exact(last))
            }
        }

        /// By experiment, sensor and start, from the file alone.
        private static func windows(of file: URL, rows: Int) throws -> [String: Values] {
            var reader = ZstdReader()
            let text = String(
                decoding: try reader.decompress(Array(Data(contentsOf: file))), as: UTF8.self)
            let lines = text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let header = lines[0].map(String.init)
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(secondsFromGMT: 0)
            formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
            var windows: [String: Values] = [:]
            for line in lines.dropFirst().prefix(rows) {
                let moment = try #require(formatter.date(from: String(line[1])))
                let second = Int(moment.timeIntervalSince1970) / window * window
                let start = Date(timeIntervalSince1970: Double(second)).ISO8601Format()
                let experiment = line[0].replacing("/", with: "-")
                for (column, cell) in zip(header, line) where sensors.contains(column) {
                    guard !cell.isEmpty else { continue }
                    let value = try #require(Decimal(string: String(cell)))
                    windows["\(experiment) \(column) \(start)", default: Values()].add(value)
                }
            }
            return windows
        }
    }
}
