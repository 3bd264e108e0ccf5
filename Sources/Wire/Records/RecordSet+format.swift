package import Core

/// docs/wire-format.md, "Body".
private enum Section: UInt8 {
    case series = 1
    /// Of older gateways; read, and never written.
    case firstWindows = 2
    case logs = 3
    case gaps = 4
    case windows = 5
    case events = 6
    case samples = 7
}

extension RecordSet {
    package func encoded() -> [UInt8] {
        var body = ByteWriter()
        func section(_ kind: Section, _ write: (inout ByteWriter) -> Void) {
            var content = ByteWriter()
            write(&content)
            body.byte(kind.rawValue)
            body.block(content.bytes)
        }
        if !series.isEmpty {
            section(.series) { content in
                content.count(series.count)
                for one in series { content.series(one) }
            }
        }
        for table in windows.chunked(by: \.layout) {
            section(.windows) { WindowTable.encode(table, into: &$0) }
        }
        if !logs.isEmpty { section(.logs) { LogTable.encode(logs, into: &$0) } }
        if !gaps.isEmpty {
            section(.gaps) { content in
                content.count(gaps.count)
                for gap in gaps { content.gap(gap) }
            }
        }
        if !events.isEmpty { section(.events) { EventTable.encode(events, into: &$0) } }
        for table in sampleTables {
            section(.samples) { SampleTable.encode(table, into: &$0) }
        }
        return body.bytes
    }

    /// - Parameter closed: whether the series of windows and samples must be in the set
    ///   itself, as in a batch.
    /// - Throws: `FormatError` for anything that `encoded` did not write.
    package init(decoding bytes: [UInt8], closed: Bool) throws(FormatError) {
        self.init()
        var budget = DecodingBudget()
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let kind = try reader.byte()
            var content = ByteReader(try reader.block())
            switch Section(rawValue: kind) {
            case .series:
                let count = try content.count(ofAtLeast: 4)
                try budget.take(records: count)
                for _ in 0..<count { series.append(try content.series()) }
            case .firstWindows:
                windows.take(try FirstWindowTable.decode(from: &content, budget: &budget))
            case .windows:
                windows.take(try WindowTable.decode(from: &content, budget: &budget))
            case .logs: logs.take(try LogTable.decode(from: &content, budget: &budget))
            case .gaps:
                let count = try content.count(ofAtLeast: 6)
                try budget.take(records: count)
                for _ in 0..<count { gaps.append(try content.gap()) }
            case .events: events.take(try EventTable.decode(from: &content, budget: &budget))
            case .samples: samples.take(try SampleTable.decode(from: &content, budget: &budget))
            case nil: throw .malformed("a section of unknown kind \(kind)")
            }
            try content.expectEnd()
        }
        guard closed else { return }
        if let stray = windows.first(where: { Int($0.series) >= series.count }) {
            throw .malformed("a window of series \(stray.series), of \(series.count)")
        }
        if let stray = samples.first(where: { Int($0.series) >= series.count }) {
            throw .malformed("a sample of series \(stray.series), of \(series.count)")
        }
    }
}

extension Array {
    /// As `+=`, and without a copy where there was nothing: of most kinds there is one table.
    fileprivate mutating func take(_ others: [Element]) {
        if isEmpty { self = others } else { self += others }
    }

    /// The elements in runs of equal keys.
    fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [ArraySlice<Element>] {
        var runs: [ArraySlice<Element>] = []
        var start = startIndex
        while start < endIndex {
            let first = key(self[start])
            let end = self[start...].firstIndex { key($0) != first } ?? endIndex
            runs.append(self[start..<end])
            start = end
        }
        return runs
    }
}
