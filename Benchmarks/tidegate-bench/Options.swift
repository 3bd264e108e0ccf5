/// `--name value` and `--flag` of a command line.
struct Options {
    private var values: [String: String] = [:]

    init(_ arguments: some Sequence<String>) throws(BenchError) {
        var name: String?
        for argument in arguments {
            if argument.hasPrefix("--") {
                name = String(argument.dropFirst(2))
                values[name ?? ""] = ""
            } else if let known = name {
                values[known] = argument
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
