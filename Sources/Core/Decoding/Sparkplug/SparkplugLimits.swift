/// How much is kept of what edge nodes say of themselves. What is beyond is not kept, which
/// is a problem, and no reason to ask for another birth.
package struct SparkplugLimits: Hashable, Sendable {
    package var nodes = 1_024
    /// Of all edge nodes.
    package var devices = 16_384
    /// Of all edge nodes and devices.
    package var metrics = 131_072
    /// Bytes of a group's, an edge node's, a device's or a metric's name.
    package var nameLength = 512
    /// Bytes.
    package var unitLength = 64
    /// Of a message; those beyond are counted.
    package var problems = 16

    package init() {}
}
