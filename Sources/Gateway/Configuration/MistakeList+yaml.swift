internal import Yams

extension MistakeList {
    /// The keys of a whole file; a mistake where it is no YAML, or empty.
    func map(yaml text: String) -> ConfigurationMap? {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                add("the file is empty; see docs/configuration.md for an example")
                return nil
            }
            return ConfigurationNode(node: node, key: "", mistakes: self).map()
        } catch let error as YamlError {
            add(error.summary.text, line: error.summary.line)
        } catch {
            add("\(error)")
        }
        return nil
    }
}

extension YamlError {
    /// One line, and where.
    fileprivate var summary: (text: String, line: Int?) {
        switch self {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            ([context?.text, problem].compactMap { $0 }.joined(separator: ": "), mark.line)
        default: ("\(self)", nil)
        }
    }
}
