import Testing
import Zstd

@Suite struct ZstdTests {
    @Test func roundTrips() throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let frame = Zstd.compress(bytes, level: 3)
        #expect(frame.count < bytes.count / 4)
        #expect(try Zstd.decompress(frame, limit: bytes.count) == bytes)
        #expect(try Zstd.decompress(Zstd.compress([], level: 1), limit: 0) == [])
    }

    @Test func refusesABombBeforeDecompressing() {
        let bomb = Zstd.compress([UInt8](repeating: 0, count: 1 << 24), level: 19)
        #expect(bomb.count < 4_096)
        #expect(throws: ZstdError.tooLarge(stated: 1 << 24, limit: 1 << 20)) {
            try Zstd.decompress(bomb, limit: 1 << 20)
        }
    }

    @Test func refusesDamage() {
        let frame = Zstd.compress(Array("tidegate".utf8), level: 3)
        #expect(throws: ZstdError.self) { try Zstd.decompress([], limit: 10) }
        #expect(throws: ZstdError.self) { try Zstd.decompress(Array(frame.dropLast()), limit: 10) }
        #expect(throws: ZstdError.noFrame) {
            try Zstd.decompress(Array("no frame".utf8), limit: 10)
        }
    }
}
