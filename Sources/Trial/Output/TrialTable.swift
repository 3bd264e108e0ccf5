package import Core
internal import Export

/// The records of a trial for a person: sorted by time, in columns; then what was lost. Holds
/// all of them until the end.
package struct TrialTable {
    private enum Row {
        case window(WindowRecord)
        case sample(SampleRecord)
        case event(EventRecord)
        case log(LogRecord)
        case publication(Timestamp, Publication)

        var time: Timestamp {
            switch self {
            case .window(let window): window.start
            case .sample(let sample): sample.reading.time
            case .event(let event): event.time
            case .log(let log): log.time
            case .publication(let time, _): time
            }
        }
    }

    private let showsPublications: Bool
    private var rows: [Row] = []
    private var series: [String] = []
    private var losses = TrialLosses()

    package init(showsPublications: Bool = false) { self.showsPublications = showsPublications }

    package mutating func add(_ time: Timestamp, _ effects: Effects) {
        series += effects.newSeries.map(\.description)
        rows += effects.windows.map(Row.window)
        rows += effects.samples.map(Row.sample)
        rows += effects.events.map(Row.event)
        rows += effects.logs.map(Row.log)
        if showsPublications { rows += effects.publications.map { .publication(time, $0) } }
        losses.add(effects)
    }

    /// The text, a piece at a time. Records of one time stand as they came.
    package func write<E: Error>(_ write: (String) throws(E) -> Void) throws(E) {
        let sorted = rows.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
        let heading = ["TIME", "FOR", "SERIES", "VALUES"]
        var columns = TextColumns()
        columns.fit(heading)
        for row in sorted { columns.fit(cells(row)) }
        if !sorted.isEmpty { try write(columns.line(heading)) }
        for row in sorted { try write(columns.line(cells(row))) }
        let lost = losses.text
        if !lost.isEmpty { try write((sorted.isEmpty ? "" : "\n") + lost) }
    }

    private func cells(_ row: Row) -> [String] {
        let time = row.time.description
        switch row {
        case .window(let window):
            let values = zip(window.layout.aggregates, window.values)
                .map { "\($0.name)=\(PersonText.number($1))" }
            let span = PersonText.span(window.end - window.start)
            return [time, span, series[Int(window.series)]] + values + marks(of: window)
        case .sample(let sample):
            let value = PersonText.number(sample.reading.number)
            return [time, "sample", series[Int(sample.series)], value]
                + [PersonText.quality(sample.reading.quality)].compactMap { $0 }
        case .event(let event):
            let value = event.value.map { PersonText.number($0) }
            return [time, event.kind.name, event.subject]
                + [event.name, event.state.name, event.severity.name, value, event.detail]
                .compactMap { $0 }
        case .log(let log):
            return [time, "log", log.source, PersonText.excerpt(Array(log.message.utf8))]
        case .publication(_, let publication):
            return [time, "publish", publication.topic, PersonText.excerpt(publication.payload)]
        }
    }

    private func marks(of window: WindowRecord) -> [String] {
        var marks = window.flags.names
        if window.revision > 0 { marks.append("revision \(window.revision)") }
        if let quality = PersonText.quality(window.quality) { marks.append(quality) }
        return marks.isEmpty ? [] : [marks.joined(separator: ", ")]
    }
}
