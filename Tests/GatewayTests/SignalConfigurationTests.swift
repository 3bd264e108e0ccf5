import Core
import Foundation
import Gateway
import Testing

/// What can be said of windows, quality, fusion and alarms, and what is said back.
@Suite struct SignalConfigurationTests {
    private static func text(_ stream: String, _ more: String = "") -> String {
        """
        gateway: g
        streams:
          - name: t
            topic: plant/{device}/t
            payload: number
        \(stream)
        \(more)
        """
    }

    private func plan(_ stream: String, _ more: String = "") throws -> Plan {
        try ConfigurationReader.plan(of: Self.text(stream, more))
    }

    private func mistakes(_ stream: String, _ more: String = "") -> String {
        do {
            _ = try ConfigurationReader.plan(of: Self.text(stream, more))
            return ""
        } catch {
            return error.list.map(\.problem).joined(separator: "\n")
        }
    }

    private static let window = "    window: {size: 10s}"

    @Test(arguments: [
        ("size: 10s", WindowShape.tumbling(size: 10_000_000)),
        ("size: 1m, hop: 10s", .hopping(size: 60_000_000, hop: 10_000_000)),
        ("sliding: 1m, pane: 5s", .sliding(size: 60_000_000, pane: 5_000_000)),
        ("session: 30s, at_most: 1h", .session(gap: 30_000_000)),
        ("count: 100", .count(100)), ("calendar: day, time_zone: Europe/Zurich", .calendar),
    ])
    func shapes(_ keys: String, _ shape: WindowShape) throws {
        let window = try plan("    window: {\(keys)}").streams[0].windows[0]
        #expect(window.layout.shape == shape)
    }

    @Test(arguments: [
        ("size: 10s, count: 5", "expected one of: size, sliding, session, count, calendar"),
        ("size: 10s, hop: 20s", "expected less than the size"),
        ("size: 10s, pane: 1s", "is not of a window with 'size'"),
        ("calendar: shift", "expected 'begins'"),
        ("calendar: day, time_zone: Mars/Olympus", "a zone of the IANA list"),
        ("session: 10s, early: 5s", "is of windows with 'size' or 'calendar' only"),
        ("size: 10s, clock: sun", "expected event or arrival"),
        ("size: 10s, early: 10s", "expected shorter than the window"),
        ("size: 1m, hop: 10s, early: 2m", "expected shorter than the window"),
        ("session: 10s, at_most: 5s", "expected no shorter than 'session'"),
    ])
    func senselessWindows(_ keys: String, _ problem: String) {
        #expect(mistakes("    window: {\(keys)}").contains(problem))
    }

    @Test func severalWindows() throws {
        let windows = try plan(
            """
                windows:
                  - {size: 10s}
                  - {calendar: shift, time_zone: Europe/Zurich, begins: ["06:00", "14:00"], aggregates: [time_average, p95]}
                aggregates: [count]
            """
        ).streams[0].windows
        #expect(windows.map(\.layout.aggregates) == [[.count], [.timeAverage, .quantile(9_500)]])
        let alike = "    windows: [{size: 10s}, {size: 10s, idle: 1m}]"
        #expect(
            mistakes(alike).contains(
                "two windows are alike, this one and streams[1].windows[1]"))
        let calendars = "    windows: [{calendar: day}, {size: 1s}, {calendar: month}]"
        #expect(mistakes(calendars).contains("give one of them other 'aggregates'"))
    }

    @Test func unitsAreConvertedOrAMistake() throws {
        let stream = try plan("    unit: Cel\n    sent_unit: \"[degF]\"\n" + Self.window).streams[0]
        #expect(stream.fields[0].unit == "Cel")
        #expect(stream.conversions.count == 1)
        #expect(mistakes("    unit: °C\n" + Self.window).contains("did you mean 'Cel'"))
        #expect(
            mistakes("    unit: Cel\n    sent_unit: bar\n" + Self.window)
                .contains("measure different things"))
        #expect(
            mistakes("    sent_unit: bar\n" + Self.window).contains("there must be a 'unit'"))
    }

    @Test func qualityAndReports() throws {
        let stream = try plan(
            Self.window + """

                    quality:
                      - {where: {device: a}, range: {low: 0}, stuck: 10m, jump: {rate: 5, settle: 2}}
                      - {stale: 1m}
                    report: {method: deadband, deviation: {percent: 1, low: 0, high: 50}}
                """
        ).streams[0]
        #expect(stream.quality.count == 2)
        #expect(stream.reports.count == 1)
        #expect(
            mistakes(Self.window + "\n    report: {method: door, deviation: 1}")
                .contains("deadband or swinging_door"))
        #expect(
            mistakes(Self.window + "\n    quality: {range: {low: 5, high: 1}}").contains("range"))
        let half =
            Self.window + "\n    quality: {range: {low: -5, high: 100}, expected: {high: 40}}"
        #expect(try plan(half).streams[0].quality[0].value.expected?.upperBound == 40)
        #expect(
            mistakes(half.replacingOccurrences(of: "40", with: "140")).contains("beyond 'range'"))
    }

    private static let fusion = """
        fusions:
          - name: f
            method: METHOD
            inputs:
              - {name: a, stream: t, where: {device: a}, sigma: 1}
              - {name: b, stream: t, where: {device: b}, sigma: 1}
              - {name: c, stream: t, where: {device: c}, sigma: 1}
            window: {size: 10s}
        """

    private static func fusion(_ method: String) -> String {
        fusion.replacingOccurrences(of: "METHOD", with: method)
    }

    @Test(arguments: [
        "mean", "trimmed_mean\n    trim: 0.34", "inverse_variance\n    variances: learnt",
        "kalman\n    kalman: {time_constant: 3m, gate: {patience: 3}}",
        "kalman\n    kalman: {model: constant_velocity, density: 0.1}",
        "vote\n    vote: {scheme: 2oo3, above: 80, hysteresis: 2, degrade: available}",
        "median\n    align: {grid: 1s, resample: as_of, delay: 2s}",
        "median\n    align: {as_of: b}\n    outliers: {hampel: 3, floor: 0.1}\n    watch: {limit: 4}",
        "median\n    outliers: {chi_square: 0.998}\n    watch: true\n    stale: 1m\n    full: 2",
    ])
    func methods(_ method: String) throws {
        #expect(try plan(Self.window, Self.fusion(method)).fusions.count == 1)
    }

    /// What a gateway ran under before is read again after an upgrade: its windows are open.
    @Test(arguments: [
        "median\n    outliers: {hampel: 3}", "median\n    align: {grid: 1s}\n    tolerance: 17m",
    ])
    func aStoredTextIsTakenAsItWas(_ method: String) throws {
        let text = Self.text(Self.window, Self.fusion(method))
        #expect(try ConfigurationReader.plan(of: text, isOfStore: true).fusions.count == 1)
        #expect(!mistakes(Self.window, Self.fusion(method)).isEmpty)
    }

    @Test func aVoteDegradesToItsLastInput() throws {
        let vote = "vote\n    vote: {scheme: 2oo3, above: 80}"
        #expect(try plan(Self.window, Self.fusion(vote)).fusions[0].quorum == 1)
        #expect(try plan(Self.window, Self.fusion("mean")).fusions[0].quorum == 2)
    }

    @Test(arguments: [
        ("magic", "expected one of mean, median"),
        ("median\n    trim: 0.2", "is of method 'trimmed_mean'"),
        ("vote\n    vote: {scheme: 2oo4}", "of as many as there are inputs: 3"),
        ("complementary\n    time_constant: 1m", "expected two inputs"),
        ("kalman\n    kalman: {model: constant_velocity}", "missing: density"),
        ("median\n    outliers: {}", "expected 'hampel' or 'chi_square'"),
        ("median\n    outliers: {hampel: 3}", "any other value is an outlier without it"),
        ("median\n    outliers: {hampel: 3, floor: -1}", "expected 0 or above"),
        (
            "median\n    align: {grid: 1s}\n    tolerance: 17m",
            "is more than 1000 points of the grid"
        ),
        ("median\n    align: {as_of: z}", "expected an input: a, b, c"),
    ])
    func senselessMethods(_ method: String, _ problem: String) {
        #expect(mistakes(Self.window, Self.fusion(method)).contains(problem))
    }

    @Test func formulasAreCheckedForUnits() throws {
        let formula = """
            fusions:
              - name: twice
                method: formula
                formula: a + a
                unit: UNIT
                inputs: {a: {stream: t}}
                window: {size: 10s}
            """
        let stream = "    unit: m\n" + Self.window
        let good = formula.replacingOccurrences(of: "UNIT", with: "cm")
        #expect(try plan(stream, good).fusions[0].inputs.map(\.name) == ["a"])
        let bad = formula.replacingOccurrences(of: "UNIT", with: "s")
        #expect(!mistakes(stream, bad).isEmpty)
        let stranger = good.replacingOccurrences(of: "a + a", with: "a + b")
        #expect(mistakes(stream, stranger).contains("use each input by its name"))
    }

    @Test func theSameSeriesTwiceIsNoSecondSensor() {
        let twins = Self.fusion("mean").replacingOccurrences(of: "device: c", with: "device: a")
        #expect(mistakes(Self.window, twins).contains("is the same series as input 'a'"))
    }

    /// Advice is only given where it can be followed.
    @Test func inputsOfOtherUnits() {
        func found(_ unit: String) -> String {
            mistakes(
                "    unit: Cel\n" + Self.window, Self.fusion("mean\n    unit: \(unit)"))
        }
        #expect(found("K").contains("give the stream 'unit: K' and 'sent_unit: Cel'"))
        #expect(found("bar").contains("they measure different things"))
        #expect(!found("bar").contains("sent_unit"))
    }

    @Test func agreementIsOfOneQuantity() {
        let formula = Self.fusion("formula\n    formula: a + b + c\n    agreement: 1")
        #expect(mistakes(Self.window, formula).contains("whose inputs are of one quantity"))
    }

    /// What a trial reads has the keys that a gateway's file has.
    @Test func unknownKeysAtTheTop() {
        let text = Self.text(Self.window, "console: {port: 1}\nfusion: []")
        #expect(throws: Never.self) { try ConfigurationReader.plan(of: text) }
        let error = #expect(throws: Mistakes.self) {
            try ConfigurationReader.plan(of: text, isWhole: true)
        }
        let problem = error?.list.first?.description ?? ""
        #expect(error?.list.count == 1)
        #expect(problem.contains("fusion: unknown key"))
        #expect(problem.split(separator: "gateway").count == 2, "\(problem)")
    }

    /// Each mistake with the line and the key that it is at.
    @Test func mistakesOfAlarmsHaveTheirPlace() {
        let alarms = """
            alarms:
              - name: a
                on: {stream: t}
                above: 1
                publish: plant/x/t
              - name: b
                on: {stream: t}
                outside: {low: 0, high: 1}
                deadband: 5
            """
        let error = #expect(throws: Mistakes.self) {
            try ConfigurationReader.plan(of: Self.text(Self.window, alarms))
        }
        let found = (error?.list ?? []).map { "\($0.line ?? 0) \($0.key ?? "")" }
        #expect(found == ["15 alarms[2].deadband", "11 alarms[1].publish"])
    }

    @Test func anInputThatIsStaleBetweenItsValues() throws {
        let second = """

              - name: g
                method: mean
                stale: STALE
                inputs: [{stream: f}, {stream: t, where: {device: d}}]
                window: {size: 10s}
            """
        let first = Self.fusion("mean\n    align: {grid: 10s}")
        func with(_ stale: String) -> String {
            first + second.replacingOccurrences(of: "STALE", with: stale)
        }
        #expect(
            mistakes(Self.window, with("10s")).contains("longer than the grid of its input 'f'"))
        #expect(try plan(Self.window, with("11s")).fusions.count == 2)
    }

    @Test func fusionsOfFusions() throws {
        let second = """

              - name: g
                method: mean
                inputs: [{stream: f}, {stream: t, where: {device: d}}]
                window: {size: 10s}
            """
        #expect(try plan(Self.window, Self.fusion("mean") + second).fusions.count == 2)
    }

    @Test func alarms() throws {
        let alarm = """
            alarms:
              - {name: hot, on: {stream: t, aggregate: max}, above: 80, deadband: 2, latch: true, severity: critical, publish: "tidegate/{gateway}/{name}/{device}"}
            acknowledge: "tidegate/{gateway}/acknowledge/{alarm}"
            """
        let found = try plan(Self.window, alarm)
        #expect(found.alarms[0].target.aggregate == .max)
        #expect(found.alarms[0].publication?.topic.text.hasPrefix("tidegate/") ?? false)
        #expect(found.filters == ["plant/+/t", "tidegate/g/acknowledge/+"])
    }

    @Test(arguments: [
        ("on: {stream: t}", "expected one of: above, below"),
        ("on: {stream: t}, above: 1, below: 2", "expected one of: above, below"),
        ("on: {stream: t, aggregate: p95}, above: 1", "one that its windows have"),
        ("on: {stream: u}, above: 1", "expected one of t"),
        ("on: {stream: t}, above: 1, publish: 'x/{line}'", "nothing to put in for '{line}'"),
        ("on: {stream: t}, above: 1, publish: 'plant/x/t'", "it would hear itself"),
        ("on: {stream: t}, outside: {low: 0, high: 1}, deadband: 5", "at most half"),
    ])
    func senselessAlarms(_ keys: String, _ problem: String) {
        let found = mistakes(Self.window, "alarms: [{name: a, \(keys)}]")
        #expect(found.contains(problem), "\(found)")
    }
}
