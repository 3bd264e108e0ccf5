extension Engine {
    /// The parts that changed since the last call.
    package mutating func snapshot() -> [SnapshotPart] {
        defer { dirty = DirtyParts() }
        var parts: [SnapshotPart] = []
        if dirty.all || dirty.globals { parts.append(SnapshotPart(key: 0, data: encodeGlobals())) }
        if dirty.all || dirty.topics { parts.append(SnapshotPart(key: 1, data: encodeTopics())) }
        let chunks = (series.count + DirtyParts.chunk - 1) / DirtyParts.chunk
        for chunk in 0..<chunks where dirty.contains(chunk: chunk) {
            parts.append(SnapshotPart(key: 2 + chunk, data: encodeSeries(chunk)))
        }
        return parts
    }

    /// Takes up the state of a snapshot that was made under the same plan.
    ///
    /// - Parameter series: all series of the store, in the order of their numbers.
    package mutating func restore(
        _ parts: [SnapshotPart], series known: [Series]
    ) throws(FormatError) {
        series = known.map(SeriesState.init)
        derive()
        for part in parts.sorted(by: { $0.key < $1.key }) {
            var reader = ByteReader(part.data)
            switch part.key {
            case 0: try restoreGlobals(&reader)
            case 1: try restoreTopics(&reader)
            case 2...: try restoreSeries(chunk: part.key - 2, &reader)
            case let key: throw .malformed("a snapshot's part \(key)")
            }
            try reader.expectEnd()
        }
        derive()
        enqueueAll(at: waitingSince)
        recallStandingAlarms()
        dirty = DirtyParts()
    }

    private func encodeGlobals() -> [UInt8] {
        var writer = ByteWriter()
        writer.time(waitingSince)
        writer.time(gapsFlushed)
        gaps.encode(into: &writer)
        writer.count(fusions.count)
        for (fusion, plan) in zip(fusions, plan.fusions) {
            fusion.fuser.encode(into: &writer, plan: plan)
        }
        for decoder in decoders { decoder?.encode(into: &writer) }
        return writer.bytes
    }

    private mutating func restoreGlobals(_ reader: inout ByteReader) throws(FormatError) {
        waitingSince = try reader.time()
        gapsFlushed = try reader.time()
        gaps = try GapLedger(from: &reader)
        guard try reader.count() == fusions.count else {
            throw .malformed("a snapshot of another plan")
        }
        for index in fusions.indices {
            fusions[index].fuser = try Fuser(from: &reader, plan: plan.fusions[index])
        }
        for index in decoders.indices { try decoders[index]?.restore(from: &reader) }
    }

    private func encodeTopics() -> [UInt8] {
        var writer = ByteWriter()
        writer.count(topics.count)
        for id in 0..<topics.count { writer.block(topics[TopicID(id)]) }
        return writer.bytes
    }

    private mutating func restoreTopics(_ reader: inout ByteReader) throws(FormatError) {
        for topic in try Self.topics(&reader) {
            guard find(topic.span) == nil else { throw .malformed("a topic that is there twice") }
            _ = topics.add(topic.span)
        }
    }

    private static func topics(_ reader: inout ByteReader) throws(FormatError) -> [[UInt8]] {
        var topics: [[UInt8]] = []
        for _ in 0..<(try reader.count()) { topics.append(Array(try reader.block())) }
        return topics
    }

    /// The topics by their numbers, out of part 1 of a snapshot.
    package static func topics(inPart data: [UInt8]) throws(FormatError) -> [[UInt8]] {
        var reader = ByteReader(data)
        return try topics(&reader)
    }

    private func encodeSeries(_ chunk: Int) -> [UInt8] {
        var writer = ByteWriter()
        let first = chunk * DirtyParts.chunk
        for index in first..<min(first + DirtyParts.chunk, series.count) {
            encode(series[index], into: &writer)
        }
        return writer.bytes
    }

    private func encode(_ state: SeriesState, into writer: inout ByteWriter) {
        let plans = windowPlans(of: state)
        writer.count(plans.count)
        for (windows, plan) in zip(state.windows, plans) { windows.encode(into: &writer, plan) }
        state.duties.value?.encode(into: &writer)
    }

    private mutating func restoreState(
        of index: Int, _ reader: inout ByteReader
    ) throws(FormatError) {
        let plans = windowPlans(of: series[index])
        guard try reader.count() == plans.count else {
            throw .malformed("a series of another plan")
        }
        series[index].windows = []
        for plan in plans {
            series[index].windows.append(try SeriesWindows(from: &reader, plan))
        }
        if var duties = series[index].duties.value {
            try duties.restore(from: &reader)
            series[index].duties = OutOfLine(duties)
        }
    }

    private mutating func restoreSeries(
        chunk: Int, _ reader: inout ByteReader
    ) throws(FormatError) {
        guard (0...series.count / DirtyParts.chunk).contains(chunk) else {
            throw .malformed("state of more series than the store has")
        }
        var index = chunk * DirtyParts.chunk
        while !reader.isAtEnd {
            guard series.indices.contains(index) else {
                throw .malformed("state of more series than the store has")
            }
            try restoreState(of: index, &reader)
            index += 1
        }
    }
}
