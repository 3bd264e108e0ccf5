/// What goes on with a fusion.
extension Engine {
    /// A reading of one of its inputs.
    mutating func fuse(
        _ feed: (fusion: Int, input: Int), _ reading: Reading, arrival: Timestamp,
        _ effects: inout Effects
    ) {
        let input = plan.fusions[feed.fusion].inputs[feed.input]
        dirty.globals = true
        guard let number = input.calibration.apply(reading.number) else {
            gaps.note(
                .undecodable,
                "input \(feed.input + 1) of \(plan.fusions[feed.fusion].name)", at: reading.time,
                detail:
                    "the calibration has no value for it: outside of its table, or beyond 10^60")
            return
        }
        var outcomes: [FusionOutcome] = []
        fusions[feed.fusion].fuser.take(
            Reading(time: reading.time, number: number, quality: reading.quality),
            input: feed.input, arrival: arrival, plan: plan.fusions[feed.fusion]
        ) { outcomes.append($0) }
        for outcome in outcomes { note(outcome, of: feed.fusion, arrival: arrival, &effects) }
    }

    /// - Returns: whether time had something to do.
    mutating func tickFusions(at now: Timestamp, _ effects: inout Effects) -> Bool {
        var changed = false
        for fusion in fusions.indices where isDue(fusion, now) {
            var outcomes: [FusionOutcome] = []
            fusions[fusion].fuser.tick(
                now: now, waitingSince: waitingSince, plan: plan.fusions[fusion]
            ) { outcomes.append($0) }
            for outcome in outcomes { note(outcome, of: fusion, arrival: now, &effects) }
            dirty.globals = true
            changed = true
        }
        return changed
    }

    func areFusionsDue(_ now: Timestamp) -> Bool {
        fusions.indices.contains { isDue($0, now) }
    }

    private func isDue(_ fusion: Int, _ now: Timestamp) -> Bool {
        fusions[fusion].fuser.isDue(
            now: now, waitingSince: waitingSince, plan: plan.fusions[fusion])
    }

    /// Fuses what waits, for another plan takes over.
    mutating func endFusion(_ fusion: Int, _ effects: inout Effects) {
        var outcomes: [FusionOutcome] = []
        fusions[fusion].fuser.end(plan: plan.fusions[fusion]) { outcomes.append($0) }
        for outcome in outcomes { note(outcome, of: fusion, arrival: waitingSince, &effects) }
    }

    private mutating func note(
        _ outcome: FusionOutcome, of fusion: Int, arrival: Timestamp, _ effects: inout Effects
    ) {
        let name = plan.fusions[fusion].name
        switch outcome {
        case .value(let value): emit(value, of: fusion, arrival: arrival, &effects)
        case .belowQuorum(let time, let provenance):
            let inputs = provenance.indices.map {
                "\(plan.fusions[fusion].inputName($0)) \(provenance[$0].verdict.name)"
            }
            gaps.note(
                .belowQuorum, name, at: time,
                detail: "fewer than \(plan.fusions[fusion].quorum) inputs (at first: "
                    + "\(inputs.joined(separator: ", "))); see 'quorum', 'tolerance' and the "
                    + "inputs' sensors")
        case .undefined(let time):
            gaps.note(
                .undecodable, name, at: time,
                detail: "the formula has no value for these inputs: a division by zero, a "
                    + "logarithm or root of what has none, or beyond 10^60")
        case .overflow(let input, let time):
            gaps.note(
                .belowQuorum, "\(name), input \(plan.fusions[fusion].inputName(input))",
                at: time,
                detail: "readings waited for a point of the grid until there was no room; see "
                    + "'every', 'delay' and the other inputs' sensors")
        case .maintenance(let notice):
            effects.events.append(event(notice, of: plan.fusions[fusion]))
            tally.events += 1
        }
    }

    private mutating func emit(
        _ value: FusedValue, of fusion: Int, arrival: Timestamp, _ effects: inout Effects
    ) {
        let plan = plan.fusions[fusion]
        if let publication = plan.publication {
            effects.publications.append(Self.publication(of: value, plan, publication))
        }
        for (field, number) in value.numbers(plan).enumerated() {
            guard let target = fusedSeriesID(fusion, field, arrival, &effects) else { continue }
            // What is said about the value is not uncertain itself.
            let quality = field == 0 ? value.reading.quality : .good
            take(
                Reading(time: value.reading.time, number: number, quality: quality), of: target,
                arrival: arrival, source: 0, &effects)
        }
    }

    private static func publication(
        of value: FusedValue, _ plan: FusionPlan, _ publication: PublicationPlan
    ) -> Publication {
        .fused(
            topic: publication.topic.topic { name in
                plan.labels.first { $0.name == name }?.value
            },
            time: value.reading.time, value: value.reading.number, unit: plan.unit,
            quality: value.reading.quality, spread: plan.hasSpread ? value.spread : nil,
            inputs: value.provenance.indices.map {
                Publication.Input(
                    name: plan.inputName($0), value: value.provenance[$0].value,
                    weight: value.provenance[$0].weight,
                    verdict: value.provenance[$0].verdict.name)
            }, isRetained: publication.isRetained)
    }

    private func event(_ notice: MaintenanceNotice, of plan: FusionPlan) -> EventRecord {
        let input = plan.inputs[notice.input]
        let labels = input.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let subject = labels.isEmpty ? input.stream : "\(input.stream){\(labels)}"
        let bias = Number(notice.bias, roundedTo: 6)?.normalized ?? .zero
        let what =
            switch notice.cause {
            case .drift: "drifts: off by \(bias) \(plan.unit) on the mean"
            case .stuck: "is stuck while the others move"
            }
        return EventRecord(
            kind: .maintenance, name: "\(plan.name).\(notice.cause.name)", subject: subject,
            state: notice.isRaised ? .active : .cleared, severity: .warning, time: notice.time,
            value: bias, quality: .good,
            detail: notice.isRaised
                ? "input \(plan.inputName(notice.input)) \(what); left out until it agrees again"
                : "input \(plan.inputName(notice.input)) agrees with the others again")
    }
}
