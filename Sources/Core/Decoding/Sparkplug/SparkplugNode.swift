/// An edge node, which speaks for itself and for its devices (Eclipse Sparkplug 3.0.0,
/// section 1.4.1.3).
package struct SparkplugNode: Hashable, Sendable, CustomStringConvertible {
    package var group: String
    package var name: String

    package init(group: String, name: String) {
        self.group = group
        self.name = name
    }

    package var description: String { "\(group)/\(name)" }
}
