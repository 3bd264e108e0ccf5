/// `--name value` and `--flag` of a command line.
struct Options {
    private static let driver = ["quick", "only", "rounds", "bare-only"]
    private static let parts = [
        "certificates", "port", "messages", "window", "sensors", "event-rate", "step", "rate",
    ]
    private var values: [String: String] = [:]

    /// - Parameter role: the part that they are for; nil is the driver.
    init(_ arguments: some Sequence<String>, for role: String?) throws(BenchError) {
        let known = role == nil ? Self.driver : Self.parts
        var name: String?
        for argument in arguments {
            if argument.hasPrefix("--") {
                let option = String(argument.dropFirst(2))
                guard known.contains(option) else {
                    throw BenchError("\(argument) is no option\n\(BenchError.usage)")
                }
                values[option] = ""
                name = option
            } else if let option = name {
                values[option] = argument
                name = nil
            } else {
                throw BenchError("'\(argument)' belongs to no option")
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func text(_ name: String) -> String? { values[name] }

    func required(_ name: String) throws(BenchError) -> String {
        guard let value = values[name], !value.isEmpty else {
            throw BenchError("--\(name) is missing")
        }
        return value
    }

    func number(_ name: String, default standard: Int) throws(BenchError) -> Int {
        guard let text = values[name] else { return standard }
        guard let value = Int(text), value >= 0 else {
            throw BenchError("--\(name) \(text): expected a whole number")
        }
        return value
    }
}
