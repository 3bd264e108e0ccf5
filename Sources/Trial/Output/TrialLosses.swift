internal import Core

/// What a trial did not take, gathered by what it is about.
struct TrialLosses {
    private struct Loss {
        /// Cause or topic, and the subject or reason.
        let heading: [String]
        var count: UInt64
        /// For a person.
        let detail: String
    }

    /// Beyond this many of a kind, the rest is only counted.
    static let maximum = 1_000
    private var gaps: [Loss] = []
    private var deadLetters: [Loss] = []
    private var places: [[String]: Int] = [:]
    private var others: UInt64 = 0

    mutating func add(_ effects: Effects) {
        for gap in effects.gaps {
            let loss = Loss(
                heading: [gap.cause.name, gap.subject], count: gap.count, detail: gap.detail)
            add(loss, to: \.gaps)
        }
        for letter in effects.deadLetters {
            let topic = String(decoding: letter.topic, as: UTF8.self)
            let loss = Loss(
                heading: [topic, letter.reason], count: 1,
                detail: PersonText.excerpt(letter.payload))
            add(loss, to: \.deadLetters)
        }
    }

    private mutating func add(_ loss: Loss, to list: WritableKeyPath<TrialLosses, [Loss]>) {
        let key = (list == \.gaps ? ["gap"] : ["dead letter"]) + loss.heading
        if let place = places[key] {
            let (sum, overflow) = self[keyPath: list][place].count
                .addingReportingOverflow(loss.count)
            self[keyPath: list][place].count = overflow ? .max : sum
        } else if self[keyPath: list].count < Self.maximum {
            places[key] = self[keyPath: list].count
            self[keyPath: list].append(loss)
        } else {
            others = others.addingReportingOverflow(loss.count).partialValue
        }
    }

    /// Empty where nothing was lost.
    var text: String {
        var text = ""
        if !gaps.isEmpty {
            text += TextColumns.text(
                [["GAP", "SUBJECT", "COUNT", "WHY"]] + gaps.map(Self.cells))
        }
        if !deadLetters.isEmpty {
            text += TextColumns.text(
                [["DEAD LETTER", "REASON", "COUNT", "THE FIRST PAYLOAD"]]
                    + deadLetters.map(Self.cells))
        }
        if others > 0 { text += "and \(others) of other subjects\n" }
        return text
    }

    private static func cells(_ loss: Loss) -> [String] {
        loss.heading + ["\(loss.count)", loss.detail]
    }
}
