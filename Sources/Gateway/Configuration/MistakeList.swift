/// Gathers mistakes while a file is read to its end.
final class MistakeList {
    let file: String
    private(set) var list: [Mistake] = []

    /// Whether it is a text that a gateway ran under: what was taken then is taken now.
    let isOfStore: Bool

    init(file: String, isOfStore: Bool = false) {
        self.file = file
        self.isOfStore = isOfStore
    }

    /// Of another file.
    func take(_ others: Mistakes) { list += others.list }

    func add(_ problem: String, key: String? = nil, line: Int? = nil, source: String? = nil) {
        list.append(
            Mistake(source: source ?? file, line: line, key: key, problem: problem))
    }
}
