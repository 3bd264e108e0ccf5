package import Core
package import Store

extension StoreRescue {
    /// On this machine, for this gateway.
    package init(_ configuration: GatewayConfiguration, now: Timestamp) {
        self.init(
            directory: configuration.storage.directory, gateway: configuration.gateway,
            machine: MachineIdentity.read(), now: now)
    }
}
