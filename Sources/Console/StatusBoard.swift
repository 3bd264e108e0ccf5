internal import Synchronization

/// Where the parts of the gateway write how they are, and the console reads it.
package final class StatusBoard: Sendable {
    private let status: Mutex<GatewayStatus>

    package init(gateway: String) { status = Mutex(GatewayStatus(gateway: gateway)) }

    package var current: GatewayStatus { status.withLock { $0 } }

    package func update(_ change: (inout GatewayStatus) -> Void) {
        status.withLock { change(&$0) }
    }
}
