/// How a vendor's devices speak: rules in their order; the first that fits a message counts.
package struct DeviceProfile: Hashable, Sendable {
    package var name: String
    package var rules: [ProfileRule]

    package init(name: String, rules: [ProfileRule]) {
        self.name = name
        self.rules = rules
    }
}
