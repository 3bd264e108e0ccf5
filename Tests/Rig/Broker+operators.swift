internal import Foundation

extension Broker {
    /// The product's access list with its lines for a person at a terminal.
    ///
    /// - Returns: its path.
    package static func accessListWithOperators(in workspace: Workspace) throws -> String {
        let list = try String(
            contentsOf: Workspace.repository.appending(path: "broker-config/acl"), encoding: .utf8)
        let operators = list.replacingOccurrences(of: "#user operator", with: "user operator")
            .replacingOccurrences(of: "#topic read plant/#", with: "topic read plant/#")
            .replacingOccurrences(of: "#topic read tidegate/#\n", with: "topic read tidegate/#\n")
            .replacingOccurrences(
                of: "#topic write tidegate/+/acknowledge/#",
                with: "topic write tidegate/+/acknowledge/#")
        let file = workspace.path("acl")
        try operators.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
