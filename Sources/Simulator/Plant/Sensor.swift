/// A measuring point of the virtual plant: the device that publishes it and what it measures.
package enum Sensor: CaseIterable, Hashable, Sendable {
    case thermocouple1, thermocouple2, thermocouple3
    case pumpSpeed, motorCurrent, flow, pressure, vibration

    /// The name in the device's certificate, its client id, and the third level of its topic.
    package var device: String {
        switch self {
        case .thermocouple1: "tc-1"
        case .thermocouple2: "tc-2"
        case .thermocouple3: "tc-3"
        case .pumpSpeed, .motorCurrent: "pump-1"
        case .flow: "flow-1"
        case .pressure: "pressure-1"
        case .vibration: "vibration-1"
        }
    }

    package var metric: String {
        switch self {
        case .thermocouple1, .thermocouple2, .thermocouple3: "temperature"
        case .pumpSpeed: "speed"
        case .motorCurrent: "current"
        case .flow: "flow"
        case .pressure: "pressure"
        case .vibration: "velocity"
        }
    }

    /// Each device once, in order of appearance.
    package static var devices: [String] {
        allCases.reduce(into: []) { if !$0.contains($1.device) { $0.append($1.device) } }
    }

    package func topic(line: String) -> String { "plant/\(line)/\(device)/\(metric)" }
}
