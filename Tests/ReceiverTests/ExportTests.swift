internal import Core
import Export
internal import Foundation
internal import Logging
internal import OpenSSL
internal import Receiver
internal import Testing
internal import Wire

@Suite struct ExportTests {
    static let source = RecordSource(
        gateway: "gateway-1", epoch: Samples.epoch, sequence: 12)
    static let origin =
        #""gateway":"gateway-1","epoch":"00112233445566778899aabbccddeeff","batch":12"#

    static func selected(_ kind: ExportSelection.Kind) -> RecordSet {
        var selection = ExportSelection()
        selection.kind = kind
        return selection.applied(to: Samples.records())
    }

    static func json(_ kind: ExportSelection.Kind) -> String {
        String(decoding: NDJSONText().lines(of: selected(kind), from: source), as: UTF8.self)
    }

    static func csv(_ kind: ExportSelection.Kind) -> String {
        let text = CSVText(kind, aggregates: [.count, .sum, .min, .quantile(9_500)])
        return String(
            decoding: text.heading() + text.lines(of: selected(kind), from: source),
            as: UTF8.self)
    }

    @Test func windowsAsJSON() {
        #expect(
            Self.json(.window) == #"{"kind":"window",\#(Self.origin),"#
                + #""stream":"temperature","field":"temperature","#
                + #""labels":{"line":"1","device":"tc \"1\""},"unit":"Cel","#
                + #""start":"2025-11-23T21:19:34Z","end":"2025-11-23T21:19:36Z","#
                + #""flags":["partial"],"revision":0,"quality":"uncertain","#
                + #""reasons":["stale","substituted"],"count":10,"sum":203.4,"mean":20.34,"#
                + #""max":20.5,"p95":0.1}"# + "\n")
    }

    /// Only the members that follow the unit.
    private static func json(
        _ shape: WindowShape, amended: [Aggregate]? = nil
    ) -> String {
        var records = selected(.window)
        records.windows[0].layout = WindowLayout(
            shape: shape, aggregates: [.count, .mean, .quantile(9_500)])
        records.windows[0].values = [Number(0), nil, Number(7)]
        records.windows[0].flags = []
        records.windows[0].quality = .good
        records.windows[0].revision = 4
        let lines = NDJSONText().lines(
            of: records, amended: amended.map { [0: $0] } ?? [:], from: source)
        let text = String(decoding: lines, as: UTF8.self)
        return text.split(separator: #","end":"2025-11-23T21:19:36Z","#).last.map(String.init) ?? ""
    }

    @Test(arguments: [
        (WindowShape.tumbling(size: 2_000_000), ""),
        (.hopping(size: 2_000_000, hop: 500_000), #""shape":"hopping","hop_seconds":0.5,"#),
        (.sliding(size: 2_000_000, pane: 1_000_000), #""shape":"sliding","pane_seconds":1,"#),
        (.session(gap: 30_000_000), #""shape":"session","gap_seconds":30,"#),
        (.count(12), #""shape":"count","readings":12,"#), (.calendar, #""shape":"calendar","#),
    ])
    func shapesAsJSON(shape: WindowShape, member: String) {
        #expect(
            Self.json(shape) == member
                + #""flags":[],"revision":4,"quality":"good","count":0,"mean":null,"p95":7}"# + "\n"
        )
    }

    @Test func whatCouldNotBeMergedIsSaid() {
        #expect(
            Self.json(.calendar, amended: [.quantile(9_500)]).contains(
                #""flags":["amended"],"revision":4,"quality":"good","unmerged":["p95"],"count":0"#))
        #expect(
            Self.json(.calendar, amended: []).contains(
                #""flags":["amended"],"revision":4,"quality":"good","count":0"#))
    }

    @Test func eventsAndSamplesAsJSON() {
        #expect(
            Self.json(.event) == #"{"kind":"event",\#(Self.origin),"event":"alarm","name":"hot","#
                + #""subject":"temperature{device=1}","state":"cleared","severity":"critical","#
                + #""time":"2025-11-23T21:19:34Z","value":null,"quality":"good","#
                + #""detail":"below 80, \"again\""}"# + "\n")
        #expect(
            Self.json(.sample) == #"{"kind":"sample",\#(Self.origin),"#
                + #""stream":"temperature","field":"temperature","#
                + #""labels":{"line":"1","device":"tc \"1\""},"unit":"Cel","#
                + #""time":"2025-11-23T21:19:34.250Z","value":20.5,"quality":"bad","#
                + #""reasons":["out_of_range"]}"# + "\n")
    }

    @Test func logsAndGapsAsJSON() {
        #expect(
            Self.json(.log) == #"{"kind":"log",\#(Self.origin),"time":"2025-11-23T21:19:34Z","#
                + #""level":"warning","source":"session","message":"a \"b\",\n\u0001ü"}"# + "\n")
        #expect(
            Self.json(.gap) == #"{"kind":"gap",\#(Self.origin),"cause":"late","#
                + #""subject":"temperature","from":"2025-11-23T21:19:34Z","#
                + #""to":"2025-11-23T21:19:35.500Z","count":3,"detail":"late"}"# + "\n")
    }

    @Test func windowsAsCSV() {
        #expect(
            Self.csv(.window) == """
                gateway,epoch,batch,stream,field,labels,unit,start,end,shape,flags,revision,\
                quality,reasons,unmerged,count,sum,min,p95
                gateway-1,00112233445566778899aabbccddeeff,12,temperature,temperature,\
                "line=1;device=tc ""1\""",Cel,2025-11-23T21:19:34Z,2025-11-23T21:19:36Z,tumbling,\
                partial,0,uncertain,stale;substituted,,10,203.4,,0.1

                """)
    }

    @Test func whatIsSpecialAsCSV() {
        var records = Self.selected(.window)
        records.windows[0].layout.shape = .session(gap: 2_500_000)
        let lines = CSVText(.window, aggregates: [.count]).lines(
            of: records, amended: [0: [.quantile(9_500), .max]], from: Self.source)
        #expect(
            String(decoding: lines, as: UTF8.self).hasSuffix(
                ",session;gap_seconds=2.5,partial;amended,0,uncertain,stale;substituted,"
                    + "p95;max,10\n"))
    }

    @Test func eventsAndSamplesAsCSV() {
        #expect(
            Self.csv(.event) == """
                gateway,epoch,batch,event,name,subject,state,severity,time,value,quality,reasons,\
                detail
                gateway-1,00112233445566778899aabbccddeeff,12,alarm,hot,temperature{device=1},\
                cleared,critical,2025-11-23T21:19:34Z,,good,,"below 80, ""again\"""

                """)
        #expect(
            Self.csv(.sample) == """
                gateway,epoch,batch,stream,field,labels,unit,time,value,quality,reasons
                gateway-1,00112233445566778899aabbccddeeff,12,temperature,temperature,\
                "line=1;device=tc ""1\""",Cel,2025-11-23T21:19:34.250Z,20.5,bad,out_of_range

                """)
    }

    @Test func logsAsCSV() {
        #expect(
            Self.csv(.log).hasSuffix(
                ",2025-11-23T21:19:34Z,warning,session,\"a \"\"b\"\",\n\u{1}ü\"\n"))
    }

    @Test func spansSideBySideShareNothing() throws {
        var selection = ExportSelection()
        selection.span = try ExportSpan(from: nil, to: "2025-11-23T21:19:34Z")
        #expect(selection.applied(to: Samples.records()).isEmpty)
        selection.span = try ExportSpan(from: "2025-11-23T22:19:34+01:00", to: nil)
        for kind in ExportSelection.Kind.allCases {
            selection.kind = kind
            #expect(selection.applied(to: Samples.records()).counts.total == 1, "\(kind)")
        }
        selection.stream = "pressure"
        for kind in ExportSelection.Kind.allCases where kind.isOfSeries {
            selection.kind = kind
            #expect(selection.applied(to: Samples.records()).isEmpty)
        }
        #expect(throws: ExportSpan.BadMoment.self) { try ExportSpan(from: "today", to: nil) }
    }

    @Test func aDamagedFileIsNamedAndTheRestExported() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        // More than a page of the ledger.
        for batch in Samples.chain(300) { _ = await intake.take(batch.bytes, from: "gateway-1") }
        for batch in Samples.chain(1, gateway: "gateway-0", epoch: Samples.otherEpoch) {
            _ = await intake.take(batch.bytes, from: "gateway-0")
        }
        let damaged = storage.batch("gateway-1", Samples.epoch, 2)
        try Data("TIDE".utf8).write(to: URL(fileURLWithPath: damaged))
        let (whole, lines, problems) = try Self.export(storage, folder)
        #expect(!whole)
        #expect(problems.count == 1 && problems[0].hasPrefix(damaged))
        #expect(lines.count == 300)
        #expect(lines[0].contains("gateway-0"))
        #expect(lines.dropFirst().map(Self.number) == [1] + Array(3...300))
    }

    /// The store of a gateway goes back to before batch 2, and sends what was in it again.
    @Test func whatComesAgainBehindAForkIsExportedOnce() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        for batch in Samples.chain(3) { _ = await intake.take(batch.bytes, from: "gateway-1") }
        let refused = Samples.chain(2, seed: 2_034 - 1)[1]
        #expect(await intake.take(refused.bytes, from: "gateway-1") == .refused(.otherContent))
        // The windows of batches 2 and 3, and a new one.
        for batch in Samples.chain(3, epoch: Samples.otherEpoch, seed: 2_035) {
            _ = await intake.take(batch.bytes, from: "gateway-1")
        }
        let (whole, lines, problems) = try Self.export(storage, folder)
        #expect(whole)
        #expect(problems.count == 1 && problems[0].hasPrefix("2 records were sent again"))
        #expect(lines.map(Self.number) == [1, 2, 3, 3])
        #expect(lines.last?.contains(Samples.otherEpoch.description) == true)
    }

    private static func batches(
        _ windows: [[(revision: UInt32, flags: WindowRecord.Flags, count: Int)]],
        epoch: Epoch = Samples.epoch, number: UInt64 = 1, previous: SHA256Digest = .zero
    ) -> [Batch] {
        var previous = previous
        return windows.enumerated().map { index, windows in
            var records = Samples.records()
            let template = records.windows[0]
            records.windows = windows.map { one in
                var window = template
                window.revision = one.revision
                window.flags = one.flags
                window.values[0] = Number(one.count)
                window.values[2] = .mean(
                    count: Number(one.count), sum: window.values[1] ?? .zero)
                return window
            }
            let batch = Batch(
                sealing: records, gateway: "gateway-1", epoch: epoch,
                sequence: number + UInt64(index), previous: previous)
            previous = batch.digest
            return batch
        }
    }

    private static func counts(_ lines: [Substring]) -> [Int] {
        lines.compactMap { line in
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8))
            return (object as? [String: Any])?["count"] as? Int
        }
    }

    /// Wherever the batches' borders are.
    @Test func revisionsAndAmendmentsBecomeOneWindow() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        let chain = Self.batches([
            [(0, .early, 3)], [(1, [], 8), (0, .amendment, 1)], [], [(2, [], 9)],
            [(0, .amendment, 2)],
        ])
        for batch in chain { _ = await intake.take(batch.bytes, from: "gateway-1") }
        let (whole, lines, problems) = try Self.export(storage, folder)
        #expect(whole && problems.isEmpty)
        #expect(Self.counts(lines) == [12])
        #expect(lines.map(Self.number) == [4])
        #expect(lines[0].contains(#""flags":["amended"],"revision":2,"#))
        #expect(lines[0].contains(#""reasons":["stale","late","substituted"],"unmerged":["p95"],"#))
        var selection = ExportSelection()
        selection.isRaw = true
        let raw = try Self.export(storage, folder, selection).lines
        #expect(Self.counts(raw) == [3, 8, 1, 9, 2])
        // With a hole where the window was.
        let damaged = storage.batch("gateway-1", Samples.epoch, 4)
        try Data("TIDE".utf8).write(to: URL(fileURLWithPath: damaged))
        let rest = try Self.export(storage, folder)
        #expect(!rest.whole && rest.problems.count == 1)
        #expect(Self.counts(rest.lines) == [11])
    }

    @Test func anAmendmentOfNoWindowIsExportedByItself() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        for batch in Self.batches([[(0, .amendment, 1)], [(0, .amendment, 2)]]) {
            _ = await intake.take(batch.bytes, from: "gateway-1")
        }
        let lines = try Self.export(storage, folder).lines
        #expect(Self.counts(lines) == [1, 2])
        #expect(lines.map(Self.number) == [1, 2])
        #expect(lines.allSatisfy { $0.contains(#""flags":["amendment"]"#) })
    }

    /// The store went back to before batch 2, and closed the window anew.
    @Test func revisionsBehindAForkDoNotReplaceTheFirst() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        let chain = Self.batches([[(0, .early, 3)], [(1, [], 9), (0, .amendment, 1)]])
        for batch in chain { _ = await intake.take(batch.bytes, from: "gateway-1") }
        let refused = Self.batches([[(1, [], 7)]], number: 2, previous: chain[0].digest)[0]
        #expect(await intake.take(refused.bytes, from: "gateway-1") == .refused(.otherContent))
        // The window with fewer readings, its revision, the same amendment, and another one.
        let again = Self.batches(
            [[(1, [], 7)], [(2, [], 8), (0, .amendment, 1), (0, .amendment, 5)]],
            epoch: Samples.otherEpoch)
        for batch in again { _ = await intake.take(batch.bytes, from: "gateway-1") }
        let (whole, lines, problems) = try Self.export(storage, folder)
        #expect(whole)
        #expect(problems.count == 1 && problems[0].hasPrefix("3 records were sent again"))
        #expect(Self.counts(lines) == [15])
    }

    /// An early result that the older state forgot must not keep out the result.
    @Test func anEarlyResultBehindAForkGivesWay() async throws {
        let folder = try TemporaryFolder()
        let storage = Storage(folder: folder.path)
        let intake = try Self.intake(storage)
        let chain = Self.batches([[], [(4, .early, 3)]])
        for batch in chain { _ = await intake.take(batch.bytes, from: "gateway-1") }
        let refused = Self.batches([[(1, [], 7)]], number: 2, previous: chain[0].digest)[0]
        _ = await intake.take(refused.bytes, from: "gateway-1")
        for batch in Self.batches([[(2, [], 7)]], epoch: Samples.otherEpoch) {
            _ = await intake.take(batch.bytes, from: "gateway-1")
        }
        #expect(Self.counts(try Self.export(storage, folder).lines) == [7])
    }

    private static func intake(_ storage: Storage) throws -> Intake {
        try Intake(
            storage: storage, limits: ReceiverLimits(),
            logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() },
            now: { .epoch })
    }

    private static func export(
        _ storage: Storage, _ folder: TemporaryFolder,
        _ selection: ExportSelection = ExportSelection()
    ) throws -> (whole: Bool, lines: [Substring], problems: [String]) {
        let target = folder.path + "/out"
        _ = FileManager.default.createFile(atPath: target, contents: nil)
        let handle = try #require(FileHandle(forWritingAtPath: target))
        var problems: [String] = []
        let whole = try Exporter(storage: storage, selection: selection).run(
            .ndjson, to: Output(handle.fileDescriptor)
        ) { problems.append($0) }
        let text = try String(contentsOfFile: target, encoding: .utf8)
        return (whole, text.split(separator: "\n"), problems)
    }

    private static func number(_ line: Substring) -> Int? {
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8))
        return (object as? [String: Any])?["batch"] as? Int
    }
}
