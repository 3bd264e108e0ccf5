extension Document {
    package var members: [Member] { if case .object(let members) = self { members } else { [] } }
    package var elements: [Document] { if case .array(let all) = self { all } else { [] } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Number? { if case .number(let number) = self { number } else { nil } }

    /// The last member of that name.
    package subscript(name: String) -> Document? { members.last { $0.name == name }?.value }

    /// What stands at the path; `nil` where nothing does.
    package subscript(path: JSONPath) -> Document? {
        var here = self
        for step in path.steps {
            switch step {
            case .key(let name):
                guard let next = here[String(decoding: name, as: UTF8.self)] else { return nil }
                here = next
            case .index(let index):
                guard here.elements.indices.contains(index) else { return nil }
                here = here.elements[index]
            }
        }
        return here
    }
}
