/// Gathers mistakes while a file is read to its end.
final class MistakeList {
    let file: String
    private(set) var list: [Mistake] = []

    init(file: String) { self.file = file }

    func add(_ problem: String, key: String? = nil, line: Int? = nil, source: String? = nil) {
        list.append(
            Mistake(source: source ?? file, line: line, key: key, problem: problem))
    }
}
