/// The core: readings in, records out. A value without I/O and without a clock: the same
/// calls in the same order give the same effects and the same state. (Of two C libraries
/// whose `log2` differs in the last place, a percentile may tell.)
package struct Engine: Sendable {
    package private(set) var plan: Plan
    /// Of this process, not of the journal: whoever replays puts it back.
    package var tally = Tally()
    var topics: TopicTable
    var routes: [TopicRoute] = []
    var series: [SeriesState] = []
    var fusions: [FusionState]
    var readers: [PayloadReader]
    /// By stream; of those whose messages say what they hold.
    var decoders: [AutomaticDecoder?]
    var gaps = GapLedger()
    /// Since when the broker has been handing over what it has.
    var waitingSince = Timestamp.epoch
    var gapsFlushed = Timestamp.epoch
    /// Numbers by series; derived.
    var numbers: [Series: SeriesID] = [:]
    /// Parts of the state that changed since the last snapshot.
    var dirty = DirtyParts()
    /// Derived: by node, as `Plan.node(named:)` numbers them.
    var windowPlans: [[WindowPlan]]
    /// Series that a tick may concern; derived.
    var queue = DueQueue()
    /// The latest moment for which an entry of the queue was worked out.
    var latestLook = Timestamp.epoch
    /// Series that wait for the end of a window; derived.
    package internal(set) var openSeries = 0
    /// In the order in which they began; derived.
    package internal(set) var standingAlarms: [StandingAlarm] = []
    /// Of the plan before, while another takes over.
    var formerAlarms: [AlarmPlan]
    private var values: [PayloadReader.Value] = []

    package init(plan: Plan) {
        self.plan = plan
        windowPlans = plan.windowPlans
        formerAlarms = plan.alarms
        topics = TopicTable()
        fusions = plan.fusions.map(FusionState.init)
        readers = plan.streams.map { PayloadReader($0.payload) }
        decoders = plan.decoders
    }

    package var topicCount: Int { topics.count }
    package var seriesCount: Int { series.count }
    package func topic(_ id: TopicID) -> [UInt8] { topics[id] }
    package func series(_ id: SeriesID) -> Series { series[Int(id)].series }

    package func find(_ topic: Span<UInt8>) -> TopicID? { topics.find(topic) }

    /// Gives a new topic its number; `nil`, and a gap, beyond the limit.
    ///
    /// - Precondition: `find` does not find it.
    package mutating func add(topic: Span<UInt8>) -> TopicID {
        let id = topics.add(topic)
        routes.append(route(of: topic))
        dirty.topics = true
        return id
    }

    /// A message that was not taken.
    package mutating func refuse(_ refusal: Refusal) {
        tally.refused += 1
        gaps.note(refusal.cause, refusal.subject, at: refusal.time, detail: refusal.detail)
        dirty.globals = true
    }

    /// A message from the broker.
    package mutating func receive(
        topic id: TopicID, payload: Span<UInt8>, at arrival: Timestamp, into effects: inout Effects
    ) {
        guard let stream = routes[Int(id)].stream else {
            if let alarm = routes[Int(id)].acknowledges {
                acknowledge(alarm, at: arrival, &effects)
                return
            }
            let isText = String(validating: topics[id], as: UTF8.self) != nil
            undecodable(
                id, payload, arrival,
                isText
                    ? "no stream has a pattern for this topic; queued before it left the "
                        + "configuration?"
                    : "the topic is not UTF-8",
                &effects)
            return
        }
        if routes[Int(id)].isRecognised {
            receiveRecognised(stream, id, payload, at: arrival, &effects)
            return
        }
        var time = arrival
        var quality = Quality.good
        do {
            if let stated = try readers[stream].read(payload, into: &values) {
                if stated - arrival <= plan.limits.future {
                    time = stated
                } else {
                    quality = Quality(.uncertain, .substituted)
                }
            }
        } catch {
            undecodable(id, payload, arrival, error.description, &effects)
            return
        }
        for value in values {
            guard let target = seriesID(topic: id, field: value.field, arrival, &effects) else {
                continue
            }
            let reading = Reading(time: time, number: value.number, quality: quality)
            correctAndTake(reading, of: target, payload, arrival, source: id, &effects)
        }
    }

    /// - Parameter payload: that of which the reading is a part.
    mutating func correctAndTake(
        _ reading: Reading, of target: SeriesID, _ payload: Span<UInt8>, _ arrival: Timestamp,
        source id: TopicID, _ effects: inout Effects
    ) {
        var reading = reading
        if !series[Int(target)].correction.isEmpty,
            let correction = series[Int(target)].correction.value
        {
            guard let corrected = correction.apply(reading.number) else {
                let reason =
                    "the calibration has no value for it: outside of its table, or beyond 10^60"
                undecodable(id, payload, arrival, reason, &effects)
                return
            }
            reading.number = corrected
        }
        take(reading, of: target, arrival: arrival, source: id, &effects)
    }

    /// The broker has begun to hand over what it has. Silence counts from here.
    package mutating func connected(sessionPresent: Bool, at time: Timestamp) {
        let hadSession = waitingSince != .epoch
        waitingSince = time
        enqueueAll(at: time)
        if hadSession, !sessionPresent {
            tally.sessionsLost += 1
            gaps.note(
                .sessionLost, "broker", at: time,
                detail: "the broker had no session of ours, what it queued before is gone; the "
                    + "broker's log and its 'persistence' tell why")
        }
        dirty.globals = true
    }

    /// The broker's session is not the one that was committed: an older state of it, or one of
    /// which nothing was.
    package mutating func brokerRewound(at time: Timestamp) {
        tally.sessionsLost += 1
        gaps.note(
            .sessionLost, "broker", at: time,
            detail: "the broker's session is not the one that the store knows: the broker came "
                + "back with an older state, or the store lost its own; nobody knows what is "
                + "missing")
        dirty.globals = true
    }

    /// The broker numbered messages for us and dropped them: its queue was full.
    package mutating func brokerDropped(_ count: Int, at time: Timestamp) {
        tally.brokerDropped += UInt64(count)
        gaps.note(
            .brokerDropped, "broker", at: time,
            detail: "its queue for us was full, see max_queued_messages; or far beyond "
                + "'limits.payload'", count: UInt64(count))
        dirty.globals = true
    }

    /// The store gave up dead letters for newer ones.
    package mutating func deadLettersEvicted(_ count: Int, at time: Timestamp) {
        gaps.note(
            .deadLetterEvicted, "dead_letter", at: time,
            detail: "gave way to newer ones; see 'limits.dead_letters'", count: UInt64(count))
        dirty.globals = true
    }

    /// Time passes with nothing left to read. Whether this changed anything.
    package mutating func tick(at now: Timestamp, into effects: inout Effects) -> Bool {
        var changed = false
        // A clock that was set back: silence counts from here.
        if now < waitingSince {
            waitingSince = now
            enqueueAll(at: now)
            dirty.globals = true
            changed = true
        }
        if tickFusions(at: now, &effects) { changed = true }
        for index in takeDue(now) {
            tick(SeriesID(index), at: now, &effects)
            changed = true
        }
        return flushGaps(now, &effects) || changed
    }

    /// Whether `tick` would change anything, without changing it: only then is a tick
    /// worth an entry in the journal.
    package mutating func wantsTick(at now: Timestamp) -> Bool {
        if areGapsDue(now) || now < waitingSince { return true }
        return areFusionsDue(now) || isSeriesDue(now)
    }

    /// Whether gathered gaps have waited long enough. Also when the clock was set back.
    package func areGapsDue(_ now: Timestamp) -> Bool {
        !gaps.isEmpty && !(0..<plan.limits.gapInterval).contains(now - gapsFlushed)
    }

    /// Another plan takes over. Series whose windows mean the same keep them; the others'
    /// close early, marked partial.
    package mutating func reconfigure(_ next: Plan, into effects: inout Effects) {
        for index in fusions.indices where !next.fusions.contains(plan.fusions[index]) {
            endFusion(index, &effects)
        }
        let before = plan
        formerAlarms = plan.alarms
        plan = next
        readers = next.streams.map { PayloadReader($0.payload) }
        decoders = zip(next.streams, next.decoders).map { stream, fresh in
            // What its messages have said so far holds on.
            let place = before.streams.firstIndex { $0.name == stream.name }
            guard let place, before.streams[place].payload == stream.payload else { return fresh }
            return decoders[place]
        }
        for index in series.indices {
            let stream = series[index].series.stream
            guard before.meaning(of: stream) != next.meaning(of: stream) else { continue }
            closeEarly(SeriesID(index), &effects)
        }
        let fusers = Dictionary(
            uniqueKeysWithValues: zip(before.fusions, fusions).map { ($0, $1.fuser) })
        fusions = next.fusions.map { plan in
            var state = FusionState(plan)
            if let kept = fusers[plan] { state.fuser = kept }
            return state
        }
        derive()
        formerAlarms = next.alarms
        for index in series.indices { series[index].formerWatermark = nil }
        enqueueAll(at: waitingSince)
        recallStandingAlarms()
        dirty.all = true
    }

    private mutating func flushGaps(_ now: Timestamp, _ effects: inout Effects) -> Bool {
        guard areGapsDue(now) else { return false }
        effects.gaps += gaps.takeAll()
        gapsFlushed = now
        dirty.globals = true
        return true
    }

    mutating func undecodable(
        _ id: TopicID, _ payload: Span<UInt8>, _ arrival: Timestamp, _ reason: String,
        _ effects: inout Effects
    ) {
        tally.undecodable += 1
        let topic = topics[id]
        gaps.note(
            .undecodable, String(decoding: topic, as: UTF8.self), at: arrival,
            detail: "\(reason); see the dead letters")
        dirty.globals = true
        let kept = payload.extracting(0..<min(payload.count, DeadLetter.payloadLimit))
        effects.deadLetters.append(
            DeadLetter(
                topic: topic, time: arrival, reason: reason,
                payload: kept.withUnsafeBufferPointer { Array($0) }))
    }
}
