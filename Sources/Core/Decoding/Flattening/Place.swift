/// Where a value stands in its message, and what is said there of it.
struct Place {
    /// The keys that lead to it; empty for the message itself.
    var path: String
    var time: Timestamp?
    /// Of the things that it is of.
    var labels: [Series.Label] = []
    /// As a member beside the value says.
    var unit: String?
    /// Whether a key of the path has dots of its own, so that another path may be the same.
    var hasDots = false

    /// More of them are no identity, and each reading has its own copy.
    static let mostLabels = 64

    func member(_ name: String, unit: String?) -> Place {
        var place = self
        place.path = path.joined(name)
        place.unit = unit
        place.hasDots = hasDots || name.contains(".")
        return place
    }

    func element(_ index: Int) -> Place {
        var place = self
        place.path += "[\(index)]"
        return place
    }

    /// A label whose name is taken further out gets the name of its list.
    mutating func add(_ own: [Series.Label]) {
        let list = path.split(separator: ".").last.map(String.init) ?? "element"
        for label in own.prefix(Self.mostLabels - labels.count) {
            let isTaken = labels.contains { $0.name == label.name }
            let name = isTaken ? "\(list).\(label.name)" : label.name
            labels.append(Series.Label(name: name, value: label.value))
        }
    }
}

extension String {
    /// The path of a member.
    func joined(_ name: String) -> String { isEmpty ? name : self + "." + name }
}
