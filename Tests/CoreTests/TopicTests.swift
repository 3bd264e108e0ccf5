import Core
import Testing

@Suite struct TopicTests {
    private func captures(_ pattern: String, _ topic: String) throws -> String? {
        try TopicPattern(pattern).match(Array(topic.utf8).span)
            .map { $0.map { "\($0.name)=\($0.value)" }.joined(separator: ",") }
    }

    @Test func captures() throws {
        let pattern = "plant/{line}/{device}/temperature"
        #expect(try captures(pattern, "plant/1/tc-1/temperature") == "line=1,device=tc-1")
        #expect(try captures(pattern, "plant/1/tc-1/pressure") == nil)
        #expect(try captures(pattern, "plant/1/tc-1/temperature/x") == nil)
        #expect(try captures(pattern, "plant/1/temperature") == nil)
        #expect(try captures("a/+/#", "a/b/c/d") == "")
        #expect(try captures("a/#", "a") == "")
        #expect(try captures("{x}/b", "/b") == "x=")
        #expect(try captures("#", "$SYS/uptime") == nil)
        #expect(try captures("{x}/uptime", "$SYS/uptime") == nil)
    }

    @Test(arguments: ["", "a/#/b", "a/b+", "{x}/{x}", "a/{b", "a#"])
    func refuses(text: String) {
        #expect(throws: TopicPattern.Malformed.self) { try TopicPattern(text) }
    }

    @Test(arguments: [
        ("a/+/c", "a/b/+", true), ("a/#", "a", true), ("a/b", "a/c", false),
        ("plant/{l}/{d}/x", "plant/{l}/{d}/y", false), ("+/+", "a/#", true),
        ("a/b/c", "a/b", false),
        ("#", "x/y", true),
    ])
    func findsOverlaps(left: String, right: String, expected: Bool) throws {
        #expect(try TopicPattern(left).overlaps(TopicPattern(right)) == expected)
        #expect(try TopicPattern(right).overlaps(TopicPattern(left)) == expected)
    }

    @Test func tableKeepsThousandsApart() {
        var table = TopicTable(seed: 7)
        let topics = (0..<5_000).map { Array("plant/\($0 % 7)/device-\($0)/t".utf8) }
        for (index, topic) in topics.enumerated() {
            let before = table.find(topic.span)
            #expect(before == nil)
            let id = table.add(topic.span)
            #expect(id == TopicID(index))
        }
        for (index, topic) in topics.enumerated() {
            let id = table.find(topic.span)
            #expect(id == TopicID(index))
            #expect(table[TopicID(index)] == topic)
        }
    }
}
