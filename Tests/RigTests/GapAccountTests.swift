import Foundation
import Testing

@testable import Rig

/// The account must be able to say that something is missing in silence: what a gap record
/// can't speak of is not covered by it, whatever it does not know.
@Suite struct GapAccountTests {
    /// In milliseconds since 1970: 12:00:00.
    private static let noon: Int64 = 1_795_694_400_000
    private let store = LostStore(end: noon, open: 5_000)

    private func account(_ gaps: (cause: String, count: Int, detail: String)...) throws
        -> GapAccount
    {
        let lines = gaps.map { cause, count, detail in
            """
            {"kind":"gap","gateway":"g","epoch":"e","batch":1,"cause":"\(cause)","subject":"s",\
            "from":"2026-11-26T12:00:02.500Z","to":"2026-11-26T12:00:02.500250Z",\
            "count":\(count),"detail":"\(detail)"}\n
            """
        }
        return try GapAccount(Data(lines.joined().utf8))
    }

    /// - Parameter second: of the window's start, from noon.
    private func whole(_ second: Int64, _ missing: Int = 10) -> Difference {
        difference(second, missing, isWhole: true)
    }
    private func short(_ second: Int64, _ missing: Int = 10) -> Difference {
        difference(second, missing, isWhole: false)
    }
    private func difference(_ second: Int64, _ missing: Int, isWhole: Bool) -> Difference {
        Difference(
            WindowKey(stream: "temperature", labels: [:], start: Self.noon + second * 1_000),
            "missing", missing: missing, isWhole: isWhole)
    }

    @Test func withoutAGapAllIsSilent() throws {
        #expect(try account().uncovered([whole(-9), short(-8, 3)]) == 13)
        #expect(try account().uncovered([]) == 0)
    }

    @Test func countsCoverNoMoreThanTheyCount() throws {
        let records = try account(("unreadable", 2, "records that could not be rescued"))
        // The two that hold most; a part of a window is no record.
        #expect(records.uncovered([whole(-9, 5), whole(-8), whole(-7), short(-6, 3)]) == 8)
        let readings = try account(("late", 12, ""), ("undecodable", 4, ""))
        #expect(readings.uncovered([whole(-9), short(-8, 7)]) == 1)
    }

    @Test func unknownRecordsAreWholeWindowsOfBefore() throws {
        let gaps = try account(
            ("unreadable", 0, "records that could not be rescued, nobody knows how many; see x"))
        #expect(gaps.uncovered([whole(-900), whole(-1)], lost: store) == 0)
        #expect(gaps.uncovered([short(-1)], lost: store) == 10)
        // The gateway that wrote the store had ended.
        #expect(gaps.uncovered([whole(1)], lost: store) == 10)
        // Without a store, the record's own time.
        #expect(gaps.uncovered([whole(1), whole(2)]) == 0)
        #expect(gaps.uncovered([whole(3)]) == 10)
    }

    /// The gateway that came after sealed it, on a store that had lost its last commits.
    @Test func aRefusedBatchIsOfItsOwnTime() throws {
        let gaps = try account(("batch_refused", 2, "a batch of this number is held already"))
        #expect(gaps.uncovered([whole(-60), whole(2)], lost: store) == 0)
        #expect(gaps.uncovered([whole(3)], lost: store) == 10)
    }

    @Test func whatOnlyWindowsCoverComesFirst() throws {
        let gaps = try account(("batch_refused", 1, ""), ("broker_dropped", 20, ""))
        let missing = [whole(-60), whole(-50), whole(2)]
        #expect(gaps.uncovered(missing, lost: store) == 0)
        #expect(gaps.uncovered(missing + [whole(-40, 9)], lost: store) == 9)
    }

    @Test func unknownStateIsOfWindowsThatWereOpen() throws {
        let gaps = try account(
            ("state_lost", 7, "at most, but nobody knows how many more; see x"))
        #expect(gaps.uncovered([whole(-5), short(-1)], lost: store) == 0)
        #expect(gaps.uncovered([whole(-6)], lost: store) == 10)
        #expect(gaps.uncovered([short(1)], lost: store) == 10)
        let counted = try account(("state_lost", 7, "in no window, at most; see x"))
        #expect(counted.uncovered([short(-1)], lost: store) == 3)
    }

    @Test func aStoreThatWasSetAsideKnowsItsRecords() throws {
        let open = "nobody knows how many messages its open windows held"
        let counted = try account(("store_set_aside", 1, "schema 99; \(open)"))
        #expect(counted.uncovered([whole(-60), short(-1, 3)], lost: store) == 0)
        #expect(counted.uncovered([whole(-60), whole(-50), short(-1, 3)], lost: store) == 10)
        let unknown = try account(
            ("store_set_aside", 0, "nobody knows how many records it holds; \(open)"))
        #expect(unknown.uncovered([whole(-60), whole(-50), short(-1)], lost: store) == 0)
        #expect(unknown.uncovered([short(-60)], lost: store) == 10)
        let log = try account(
            ("store_set_aside", 1, "x, and nobody knows how many the last commits held: see y"))
        #expect(log.uncovered([whole(-60), whole(-50), short(-1)], lost: store) == 0)
        #expect(log.uncovered([whole(1)], lost: store) == 10)
    }

    /// A session's loss counts sessions; a log record is no reading.
    @Test func whatIsOfNoReadingCoversNone() throws {
        let gaps = try account(
            ("session_lost", 1, "the broker had no session of ours"), ("log_overflow", 99, ""),
            ("ambiguous_input", 99, ""), ("dead_letter_evicted", 99, ""))
        #expect(gaps.uncovered([whole(-1)], lost: store) == 10)
        #expect(gaps.uncovered([whole(-1)]) == 0)
        #expect(try account(("below_quorum", 99, "")).isEmpty)
    }

    /// The store forgot its last commits without a sign of damage.
    @Test func aSessionThatTheStoreDoesNotKnowIsOfBefore() throws {
        let gaps = try account(
            ("session_lost", 1, "or the store lost its own; nobody knows what is missing"))
        #expect(gaps.uncovered([whole(-60), short(-1)], lost: store) == 0)
        #expect(gaps.uncovered([whole(1)], lost: store) == 10)
    }
}
