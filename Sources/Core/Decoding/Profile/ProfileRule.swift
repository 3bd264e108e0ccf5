/// How a kind of device says something: its topics, what of its payloads are readings, and what
/// they mean.
package struct ProfileRule: Hashable, Sendable {
    package enum Format: String, CaseIterable, Hashable, Sendable {
        /// Whatever the payload looks like.
        case automatic = "auto"
        /// Nothing to store, such as a device's own state.
        case none
        /// FIWARE UltraLight 2.0.
        case ultralight
        /// collectd's `time:value`.
        case collectd
        /// Cumulocity's SmartREST.
        case smartrest
        case influx
        /// By `binary`, and by `csv`.
        case binary
        case csv
    }

    /// The members that name a value and hold it, in each object that has both.
    package struct Pair: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Unit: Hashable, Sendable {
        package var pattern: NamePattern
        package var unit: String

        package init(_ pattern: NamePattern, _ unit: String) {
            self.pattern = pattern
            self.unit = unit
        }
    }

    /// Numbers for texts, such as 1 for `ON`.
    package struct States: Hashable, Sendable {
        package var pattern: NamePattern
        package var numbers: [String: Int]

        package init(_ pattern: NamePattern, _ numbers: [String: Int]) {
            self.pattern = pattern
            self.numbers = numbers
        }
    }

    /// What of the payload becomes a label.
    package struct Label: Hashable, Sendable {
        package var name: String
        package var path: JSONPath

        package init(_ name: String, _ path: JSONPath) {
            self.name = name
            self.path = path
        }
    }

    package var topics: [TopicPattern]
    /// Members that the payload must have, for devices whose topics say nothing.
    package var keys: [JSONPath] = []
    /// Members that may not be true, such as one that says that another is unknown.
    package var unless: [JSONPath] = []
    package var format = Format.automatic
    package var binary: BinaryLayout?
    package var csv: CSVLayout?
    /// Where the readings stand: the first of them that is there; a text there is JSON itself.
    /// Empty for the whole payload.
    package var roots: [JSONPath] = []
    /// What is missing where none of the roots is there, such as a codec.
    package var without: String?
    /// Where the time stands; the first that is one. Empty: found by its name.
    package var times: [JSONPath] = []
    /// The name of a payload that is one value: text with the topic's `{captures}`.
    package var metric: String?
    package var pair: Pair?
    package var labels: [Label] = []
    /// The label that takes what the topic's `#` stands for.
    package var rest: String?
    /// Where the names of what has no value stand, each with its error.
    package var errors: JSONPath?
    package var skip: [NamePattern] = []
    /// An empty one is none, and keeps it from being guessed.
    package var units: [Unit] = []
    /// Whose unit a member of the payload says: the pattern, and the member's name.
    package var unitMembers: [Unit] = []
    package var counters: [NamePattern] = []
    package var states: [States] = []

    package init(topics: [TopicPattern]) { self.topics = topics }

    func unit(of metric: String) -> String? {
        units.first { $0.pattern.matches(metric) }?.unit
    }

    func isCounter(_ metric: String) -> Bool { counters.contains { $0.matches(metric) } }

    func state(_ text: String, of metric: String) -> Int? {
        states.first { $0.pattern.matches(metric) }?.numbers[text]
    }
}
