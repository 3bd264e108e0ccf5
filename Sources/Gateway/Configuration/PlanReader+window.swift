internal import Core
internal import Foundation

/// Windows and what they say.
extension PlanReader {
    /// `window`, or several as `windows`, each with aggregates of its own if it has any.
    func windows(_ map: ConfigurationMap, hasManySources: Bool) -> [WindowPlan] {
        let shared = aggregates(map, or: [.count, .sum, .min, .max, .last])
        if let list = map.find("windows") {
            if map.find("window") != nil { list.mistake("either 'window' or 'windows', not both") }
            var places: [WindowLayout: String] = [:]
            return list.items().compactMap { node in
                guard let plan = node.map().flatMap({ window($0, shared, hasManySources) })
                else { return nil }
                if let other = places.updateValue(node.key, forKey: plan.layout) {
                    node.mistake(
                        "two windows are alike, this one and \(other): their records are told "
                            + "apart by shape and aggregates alone, and all calendar windows are "
                            + "of one shape; give one of them other 'aggregates'")
                }
                return plan
            }
        }
        guard let node = map.require("window", "such as {size: 10s}; or 'windows' for several"),
            let window = node.map()
        else { return [] }
        return [self.window(window, shared, hasManySources)].compactMap { $0 }
    }

    private func window(
        _ map: ConfigurationMap, _ shared: [Aggregate], _ hasManySources: Bool
    ) -> WindowPlan? {
        defer { map.finish() }
        let aggregates = aggregates(map, or: shared)
        let shape = shape(map)
        let clock = map.find("clock")?.value("event or arrival") {
            ["event": WindowPlan.Clock.event, "arrival": .arrival][$0]
        }
        let delay = span(map, "delay") ?? 5_000_000
        let lateness = span(map, "lateness") ?? 0
        let idle = map.find("idle")?.value(Quantities.spanExpectation, Quantities.positiveSpan)
        let offset = span(map, "offset") ?? 0
        let early = map.find("early")
        let earlySpan = early?.value("1s or more") { text in
            Quantities.span(text).flatMap { $0 >= 1_000_000 ? $0 : nil }
        }
        let isUncertainBad = flag(map, "uncertain_as_bad") ?? false
        let rollover = map.find("rollover")?.value("a number above 0") { text in
            Quantities.number(text).flatMap { $0.double > 0 ? $0.double : nil }
        }
        guard let shape else { return nil }
        switch shape.shape {
        case .calendar: break
        case .tumbling(let size), .hopping(let size, _):
            if let earlySpan, earlySpan >= size {
                early?.objection("expected shorter than the window: nothing would be shipped early")
            }
        default: early?.mistake("is of windows with 'size' or 'calendar' only")
        }
        let isEventTimed: Bool
        switch shape.shape {
        case .sliding, .count: isEventTimed = false
        default: isEventTimed = true
        }
        return WindowPlan(
            shape.shape, aggregates: aggregates, clock: clock ?? .event,
            delay: isEventTimed ? delay : 0, lateness: lateness, idle: idle, offset: offset,
            calendar: shape.calendar, longestSession: shape.longestSession, early: earlySpan,
            isUncertainBad: isUncertainBad, rollover: rollover,
            hasManySources: hasManySources && isEventTimed)
    }

    private struct Shape {
        var shape: WindowShape
        var calendar: WindowCalendar?
        var longestSession: Microseconds?
    }

    private static let shapes = ["size", "sliding", "session", "count", "calendar"]

    private func shape(_ map: ConfigurationMap) -> Shape? {
        let given = Self.shapes.filter { map.names.contains($0) }
        // Asked for in any case, so that none is an unknown key.
        let parts = ["hop", "pane", "at_most", "time_zone", "begins", "weekday"]
        var found: [String: ConfigurationNode] = [:]
        for name in Self.shapes + parts { found[name] = map.find(name) }
        guard given.count == 1, let kind = given.first, let node = found[kind] else {
            mistakes.add(
                "expected one of: \(Self.shapes.joined(separator: ", "))", key: map.key,
                line: map.line)
            return nil
        }
        let own = [
            "size": ["hop"], "sliding": ["pane"], "session": ["at_most"],
            "calendar": ["time_zone", "begins", "weekday"],
        ]
        for name in parts where !(own[kind] ?? []).contains(name) {
            found[name]?.mistake("is not of a window with '\(kind)'")
        }
        func part(_ name: String) -> Microseconds? {
            found[name]?.value(Quantities.spanExpectation, Quantities.positiveSpan)
        }
        switch kind {
        case "size":
            guard let size = part("size") else { return nil }
            guard let hopNode = found["hop"] else { return Shape(shape: .tumbling(size: size)) }
            guard let hop = part("hop") else { return nil }
            guard hop < size, size / hop <= 1_000 else {
                hopNode.mistake("expected less than the size, and no less than its 1000th part")
                return nil
            }
            return Shape(shape: .hopping(size: size, hop: hop))
        case "sliding":
            guard let size = part("sliding") else { return nil }
            let pane = part("pane") ?? max(1, size / 20)
            guard pane <= size, size / pane <= 1_000 else {
                found["pane"]?.mistake("expected at most the window, and at least a 1000th of it")
                return nil
            }
            return Shape(shape: .sliding(size: size, pane: pane))
        case "session":
            guard let gap = part("session") else { return nil }
            let longest = part("at_most")
            if let longest, longest < gap {
                found["at_most"]?.objection("expected no shorter than 'session'")
            }
            return Shape(shape: .session(gap: gap), longestSession: longest)
        case "count":
            return node.value("1 to 1000000") { text in
                UInt32(text).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
            }.map { Shape(shape: .count($0)) }
        default:
            return calendar(node, found).map { Shape(shape: .calendar, calendar: $0) }
        }
    }

    private func calendar(
        _ node: ConfigurationNode, _ found: [String: ConfigurationNode]
    ) -> WindowCalendar? {
        let period = node.value("shift, day, week or month") {
            ["shift", "day", "week", "month"].contains($0) ? $0 : nil
        }
        let zone =
            found["time_zone"]?.value("a zone of the IANA list such as Europe/Zurich") {
                TimeZone(identifier: $0).map(ZoneRules.init)
            } ?? .utc
        let begins = (found["begins"].map { $0.isList ? $0.items() : [$0] } ?? []).compactMap {
            $0.value("a time of the day such as 06:00", Quantities.timeOfDay)
        }
        let weekday = found["weekday"]?.value("Mon, Tue, Wed, Thu, Fri, Sat or Sun") {
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].firstIndex(of: $0)
        }
        if period != "week" { found["weekday"]?.mistake("is of weeks only") }
        switch period {
        case "shift":
            guard begins.count >= 2, begins == begins.sorted(), Set(begins).count == begins.count
            else {
                node.mistake(
                    "expected 'begins', such as [\"06:00\", \"14:00\", \"22:00\"], in order")
                return nil
            }
            return WindowCalendar(.day(begins: begins), zone: zone)
        case "day": return WindowCalendar(.day(begins: [begins.first ?? 0]), zone: zone)
        case "week":
            return WindowCalendar(
                .week(weekday: Int64(weekday ?? 0), begin: begins.first ?? 0), zone: zone)
        case "month": return WindowCalendar(.month(begin: begins.first ?? 0), zone: zone)
        default: return nil
        }
    }

    private func aggregates(_ map: ConfigurationMap, or absent: [Aggregate]) -> [Aggregate] {
        let expectation =
            "one of " + Aggregate.simple.map(\.name).joined(separator: ", ")
            + ", a percentile such as p95 or p99.9, or duration_in_N for a state N"
        guard let node = map.find("aggregates") else { return absent }
        var found: [Aggregate] = []
        for item in node.items() {
            guard let aggregate = item.value(expectation, { Aggregate(name: $0) }) else { continue }
            if found.contains(aggregate) {
                item.mistake("'\(aggregate.name)' is there already")
            } else {
                found.append(aggregate)
            }
        }
        if found.isEmpty { node.mistake("expected at least one aggregate") }
        return found
    }

    func flag(_ map: ConfigurationMap, _ name: String) -> Bool? {
        map.find(name)?.value("true or false") { ["true": true, "false": false][$0] }
    }
}

extension ZoneRules {
    /// From 1970 to 2100, as the machine's list of zones has them.
    init(_ zone: TimeZone) {
        var changes: [Change] = []
        var time = Date(timeIntervalSince1970: 0)
        let initial = Int64(zone.secondsFromGMT(for: time))
        let end = Date(timeIntervalSince1970: 4_102_444_800)
        while let next = zone.nextDaylightSavingTimeTransition(after: time), next < end {
            changes.append(
                Change(
                    time: Int64(next.timeIntervalSince1970),
                    offset: Int64(zone.secondsFromGMT(for: next))))
            time = next
        }
        self.init(initial: initial, changes: changes)
    }
}
