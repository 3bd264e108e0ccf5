internal import Foundation
internal import Synchronization

/// A TCP connection's way through the network, which can be cut: connections on it break and
/// new ones are refused, until it is restored.
package final class Link: Sendable {
    package let port: Int
    private let target: Int

    private struct State {
        var listener: Socket?
        var open: [Socket] = []
    }
    private let state = Mutex(State())

    /// - Parameter target: the loopback port that it leads to.
    package init(to target: Int) throws {
        self.target = target
        let listener = try Socket.listening(port: 0)
        port = listener.port
        begin(listener)
    }

    package func cut() {
        state.withLock { state in
            for socket in state.open + [state.listener].compactMap(\.self) { socket.shutDown() }
            state = State()
        }
    }

    package func restore() throws {
        // The old listener closes when its thread has noticed.
        let listener = try Wait.answer("port \(port)", seconds: 5) {
            try? Socket.listening(port: port)
        }
        begin(listener)
    }

    private func begin(_ listener: Socket) {
        state.withLock { $0.listener = listener }
        Thread { [weak self] in
            while let client = listener.accepted() { self?.forward(client) }
        }.start()
    }

    private func forward(_ client: Socket) {
        guard let server = try? Socket.connected(port: target) else { return }
        let isCut = state.withLock { state in
            guard state.listener != nil else { return true }
            state.open += [client, server]
            return false
        }
        guard !isCut else { return }
        Self.pump(from: client, to: server)
        Self.pump(from: server, to: client)
    }

    private static func pump(from source: Socket, to target: Socket) {
        Thread {
            while let bytes = source.receive(), target.send(bytes) {}
            source.shutDown()
            target.shutDown()
        }.start()
    }
}
