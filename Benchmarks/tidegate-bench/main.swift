internal import Foundation

// One program, several processes: the driver starts the others.
let arguments = CommandLine.arguments.dropFirst()
let role = arguments.first.flatMap { $0.hasPrefix("-") ? nil : $0 }
do {
    let options = try Options(role == nil ? arguments : arguments.dropFirst(), for: role)
    switch role {
    case nil: try Bench(options).run()
    case "flood-broker": try FloodBroker(options).run()
    case "load": try LoadGenerator(options).run()
    case "bare-subscriber": try BareSubscriber(options).run()
    case let role?: throw BenchError("'\(role)' is no part of the benchmark; \(BenchError.usage)")
    }
} catch {
    FileHandle.standardError.write(Data("tidegate-bench: \(error)\n".utf8))
    exit(1)
}
