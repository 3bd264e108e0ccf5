/// Ports of the loopback interface.
package enum Port {
    /// Ports that were free a moment ago, all different.
    package static func free(_ count: Int) throws -> [Int] {
        let sockets = try (0..<count).map { _ in try Socket.listening(port: 0) }
        return sockets.map(\.port)
    }

    package static func isOpen(_ port: Int) -> Bool { (try? Socket.connected(port: port)) != nil }
}
