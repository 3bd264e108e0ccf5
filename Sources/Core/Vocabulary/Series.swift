/// A series' number in one store, given in order of first appearance.
package typealias SeriesID = UInt32

/// What identifies a row of values over time.
package struct Series: Hashable, Sendable {
    /// The name of the stream or of the fusion.
    package var stream: String
    /// Which value of the stream's payload; the stream's own name where there is but one.
    package var field: String
    /// Captured from the topic, in the order of the pattern.
    package var labels: [Label]
    /// As configured; empty where none is.
    package var unit: String

    package struct Label: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(stream: String, field: String, labels: [Label], unit: String) {
        self.stream = stream
        self.field = field
        self.labels = labels
        self.unit = unit
    }

    package subscript(label name: String) -> String? {
        labels.first { $0.name == name }?.value
    }
}

extension [Series.Label] {
    /// What topic and message call alike may be two things: then both are kept.
    package mutating func add(ofMessage others: [Series.Label]) {
        for var label in others where !contains(label) {
            while contains(where: { $0.name == label.name }) {
                label.name = "message." + label.name
            }
            append(label)
        }
    }
}

extension Series: CustomStringConvertible {
    /// Such as `temperature{line=1,device=tc-1}`.
    package var description: String {
        let name = field == stream ? stream : "\(stream).\(field)"
        let pairs = labels.map { "\($0.name)=\($0.value)" }
        return pairs.isEmpty ? name : "\(name){\(pairs.joined(separator: ","))}"
    }
}
