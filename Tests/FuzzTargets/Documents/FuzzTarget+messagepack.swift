internal import Core

extension FuzzTarget {
    /// A message of MessagePack, as a device writes it.
    static let messagepack = FuzzTarget("messagepack", seeds: messagePackSeeds) {
        bytes throws(Violation) in
        let document: Document
        do throws(Undecodable) {
            document = try Document(messagePack: bytes.span)
        } catch {
            try require(
                error.description.hasPrefix("not MessagePack: expected "), "no reason: \(error)")
            return
        }
        try check(document)
        let written = MessagePack(document).bytes
        let again = try must("what was read, and written again") {
            try Document(messagePack: written.span)
        }
        try require(isSame(document, again), "\(document) reads back as \(again)")
    }

    /// A small writer, always of the longest format.
    private struct MessagePack {
        private(set) var bytes: [UInt8] = []

        init(_ document: Document) { write(document) }

        private mutating func write(_ document: Document) {
            switch document {
            case .null: bytes.append(0xc0)
            case .flag(let flag): bytes.append(flag ? 0xc3 : 0xc2)
            case .number(.decimal(let integer, 0)):
                bytes.append(0xd3)
                bytes += bigEndian(UInt64(bitPattern: integer))
            case .number(let number):
                bytes.append(0xcb)
                bytes += bigEndian(number.double.bitPattern)
            case .noNumber: bytes += [0xca, 0x7f, 0xc0, 0, 0]
            case .text(let text):
                head(0xdb, text.utf8.count)
                bytes += text.utf8
            case .bytes(let content):
                head(0xc6, content.count)
                bytes += content
            case .array(let elements):
                head(0xdd, elements.count)
                for element in elements { write(element) }
            case .object(let members):
                head(0xdf, members.count)
                for member in members {
                    write(.text(member.name))
                    write(member.value)
                }
            }
        }

        private mutating func head(_ format: UInt8, _ count: Int) {
            bytes.append(format)
            bytes += bigEndian(UInt64(count)).suffix(4)
        }
    }

    private static var messagePackSeeds: [FuzzSeed] {
        [
            FuzzSeed("compact", hex("82a7636f6d70616374c3a6736368656d6100")),
            FuzzSeed(
                "integers",
                hex("9a007fe0ccffcdffffceffffffffcfffffffffffffffffd080d18000d280000000")),
            FuzzSeed("smallest", hex("d38000000000000000")),
            FuzzSeed("floats", hex("94ca4253eb85cb3ff199999999999aca7fc00000cb7e37e43c8800759c")),
            FuzzSeed("strings", hex("94a0a3e6b0b4d90161da000161")),
            FuzzSeed("bytes", hex("93c40101c5000101c60000000101")),
            FuzzSeed("arrays", hex("93dc0000dd0000000101910c")),
            FuzzSeed("maps", hex("9380de000101c0df00000001a161c0")),
            FuzzSeed("integer-keys", hex("83e001cfffffffffffffffff02d1800003")),
            FuzzSeed("other-key", hex("81c0c0")), FuzzSeed("twice", hex("82a16101a16102")),
            FuzzSeed("extensions", hex("94d40501d68001020304c70005c800010501")),
            FuzzSeed("time-32", hex("d6ff514b67b0")),
            FuzzSeed("time-64", hex("d7ff77359400514b67b0")),
            FuzzSeed("time-96", hex("c70cff1dcd6500ffffffffffffffff")),
            FuzzSeed("time-far", hex("92d7ffee6b27ffffffffffc70cff000000018000000000000000")),
            FuzzSeed("time-short", hex("d4ff00")),
            FuzzSeed("nanoseconds", hex("d7ffee6b280000000000")),
            FuzzSeed("deep", [UInt8](repeating: 0x91, count: 64) + [0]),
            FuzzSeed("too-deep", [UInt8](repeating: 0x91, count: 300)),
            FuzzSeed("length-bomb", hex("ddffffffff00")),
            FuzzSeed("map-bomb", hex("dfffffffff0000")),
            FuzzSeed("text-bomb", hex("dbffffffff61")),
            FuzzSeed("bytes-bomb", hex("c9ffffffff0500")),
            FuzzSeed("invalid-utf8", hex("a2c328")), FuzzSeed("never", hex("91c1")),
            FuzzSeed("short", hex("ce0102")), FuzzSeed("trailing", hex("c0c0")),
            FuzzSeed("empty", []),
        ]
    }
}
