/// Why nobody can call.
package struct ListenError: Error, Hashable, Sendable, CustomStringConvertible {
    package let address: ListenAddress
    package let reason: String

    package var description: String {
        "can't listen on \(address.host):\(address.port) (\(reason)); "
            + "does another program listen there, and has this machine the address?"
    }
}
