internal import Core
import Export
internal import Foundation
internal import Logging
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
                + #""flags":["partial"],"count":10,"sum":203.4,"mean":20.34,"max":20.5,"p95":0.1}"#
                + "\n")
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
                gateway,epoch,batch,stream,field,labels,unit,start,end,flags,count,sum,min,p95
                gateway-1,00112233445566778899aabbccddeeff,12,temperature,temperature,\
                "line=1;device=tc ""1\""",Cel,2025-11-23T21:19:34Z,2025-11-23T21:19:36Z,partial,\
                10,203.4,,0.1

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
        #expect(selection.applied(to: Samples.records()).windows.count == 1)
        selection.stream = "pressure"
        #expect(selection.applied(to: Samples.records()).isEmpty)
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
        #expect(problems.count == 1 && problems[0].hasPrefix("2 windows were sent again"))
        #expect(lines.map(Self.number) == [1, 2, 3, 3])
        #expect(lines.last?.contains(Samples.otherEpoch.description) == true)
    }

    private static func intake(_ storage: Storage) throws -> Intake {
        try Intake(
            storage: storage, limits: ReceiverLimits(),
            logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() },
            now: { .epoch })
    }

    private static func export(
        _ storage: Storage, _ folder: TemporaryFolder
    ) throws -> (whole: Bool, lines: [Substring], problems: [String]) {
        let target = folder.path + "/out"
        _ = FileManager.default.createFile(atPath: target, contents: nil)
        let handle = try #require(FileHandle(forWritingAtPath: target))
        var problems: [String] = []
        let whole = try Exporter(storage: storage, selection: ExportSelection()).run(
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
