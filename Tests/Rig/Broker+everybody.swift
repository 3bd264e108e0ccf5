internal import Foundation

extension Broker {
    /// The product's access list with all that stands there as a comment: a person at a terminal,
    /// Sparkplug, a panel.
    ///
    /// - Returns: its path.
    package static func accessListWithEverybody(in workspace: Workspace) throws -> String {
        let list = try String(
            contentsOf: Workspace.repository.appending(path: "broker-config/acl"), encoding: .utf8)
        let file = workspace.path("acl")
        try list.replacing(#/(?m)^#(user|topic|pattern) /#) { "\($0.1) " }
            .write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
