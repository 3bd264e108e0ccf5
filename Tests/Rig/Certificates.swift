internal import Foundation

/// The development certificates of one run, made by the product's own script.
package struct Certificates: Sendable {
    package let directory: String

    package init(in workspace: Workspace, names: [String]) throws {
        directory = try workspace.directory("certificates")
        let script = Workspace.repository.appending(path: "deploy/make-certificates.sh").path
        try Command.run("/bin/bash", [script, directory] + names)
    }

    package var authorities: String { "\(directory)/ca.crt" }
    package func certificate(_ name: String) -> String { "\(directory)/\(name).crt" }
    package func key(_ name: String) -> String { "\(directory)/\(name).key" }
}
