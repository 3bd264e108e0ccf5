/// Points of a curve with straight lines between them.
package struct CalibrationTable: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        /// As the sensor says it.
        package var x: Number
        /// What it stands for.
        package var y: Number

        package init(x: Number, y: Number) {
            self.x = x
            self.y = y
        }
    }

    /// What a reading before the first point or after the last one stands for.
    package enum Outside: String, CaseIterable, Hashable, Sendable {
        /// The outer line goes on.
        case extend
        /// The outer point's value.
        case hold
        /// Nothing.
        case refuse
    }

    /// A point, and the slope from it to the next one; of the last, from the one before.
    private struct Node: Hashable, Sendable {
        var x: Double
        var y: Double
        var slope: Double
    }

    package static let maximumPoints = 256

    private let nodes: [Node]
    private let outside: Outside
    let extraPlaces: UInt8

    /// - Parameter points: 2 to 256, by strictly increasing `x`.
    package init(
        _ points: [Point], outside: Outside = .extend
    ) throws(Calibration.Malformed) {
        guard (2...Self.maximumPoints).contains(points.count) else {
            throw .points(points.count)
        }
        var nodes: [Node] = []
        var steepness = 1.0
        for (index, point) in points.enumerated() {
            let (x, y) = (point.x.double, point.y.double)
            guard max(x.magnitude, y.magnitude) <= Number.largest else {
                throw .tooLarge(index + 1)
            }
            if let before = nodes.last {
                guard x > before.x else { throw .notIncreasing(point: index + 1) }
                let slope = (y - before.y) / (x - before.x)
                guard slope.isFinite else { throw .tooSteep(point: index + 1) }
                nodes[index - 1].slope = slope
                // A level stretch has no digits to lose.
                if slope != 0 { steepness = min(steepness, slope.magnitude) }
            }
            nodes.append(Node(x: x, y: y, slope: 0))
        }
        nodes[nodes.count - 1].slope = nodes[nodes.count - 2].slope
        self.nodes = nodes
        self.outside = outside
        extraPlaces = Calibration.extraPlaces(steepness: steepness)
    }

    func value(at x: Double) -> Double? {
        let first = nodes[0]
        let last = nodes[nodes.count - 1]
        if x < first.x || x > last.x {
            switch outside {
            case .extend: break
            case .hold: return x < first.x ? first.y : last.y
            case .refuse: return nil
            }
        }
        // The last node that is not after x.
        var (low, high) = (0, nodes.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if nodes[middle].x <= x { low = middle } else { high = middle }
        }
        let node = nodes[low]
        return node.y + node.slope * (x - node.x)
    }
}
