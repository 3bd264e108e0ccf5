internal import Core

extension FuzzTarget {
    /// A message of CBOR, as a device or a SenML sender writes it.
    static let cbor = FuzzTarget("cbor", seeds: cborSeeds) { bytes throws(Violation) in
        let document: Document
        do throws(Undecodable) {
            document = try Document(cbor: bytes.span)
        } catch {
            try require(
                error.description.hasPrefix("not CBOR: expected "), "no reason: \(error)")
            return
        }
        try check(document)
        let written = CBOR(document).bytes
        let again = try must("what was read, and written again") {
            try Document(cbor: written.span)
        }
        try require(isSame(document, again), "\(document) reads back as \(again)")
    }

    /// A small writer, without tags or indefinite lengths.
    private struct CBOR {
        private(set) var bytes: [UInt8] = []

        init(_ document: Document) { write(document) }

        private mutating func write(_ document: Document) {
            switch document {
            case .null: bytes.append(0xf6)
            case .flag(let flag): bytes.append(flag ? 0xf5 : 0xf4)
            case .number(.decimal(let integer, 0)):
                head(integer < 0 ? 1 : 0, UInt64(integer < 0 ? -1 - integer : integer))
            case .number(let number):
                bytes.append(0xfb)
                bytes += bigEndian(number.double.bitPattern)
            case .noNumber: bytes += [0xf9, 0x7e, 0]
            case .text(let text):
                head(3, UInt64(text.utf8.count))
                bytes += text.utf8
            case .bytes(let content):
                head(2, UInt64(content.count))
                bytes += content
            case .array(let elements):
                head(4, UInt64(elements.count))
                for element in elements { write(element) }
            case .object(let members):
                head(5, UInt64(members.count))
                for member in members {
                    write(.text(member.name))
                    write(member.value)
                }
            }
        }

        private mutating func head(_ major: UInt8, _ argument: UInt64) {
            if argument < 24 {
                bytes.append(major << 5 | UInt8(argument))
            } else {
                bytes.append(major << 5 | 27)
                bytes += bigEndian(argument)
            }
        }
    }

    private static var cborSeeds: [FuzzSeed] {
        [
            // RFC 8428, section 6.
            FuzzSeed(
                "senml",
                hex(
                    "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb"
                        + "41d303a15b00106223614120050067766f6c7461676501615602fb405e0666666666"
                        + "66a3006763757272656e74062402fb3ff3333333333333a3006763757272656e7406"
                        + "2302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6666666666666a3"
                        + "006763757272656e74062102f93e00a3006763757272656e74062002fb3ff9999999"
                        + "99999aa3006763757272656e74060002fb3ffb333333333333"
                )),
            FuzzSeed(
                "integers",
                hex(
                    "8a001718181901001a000100001bffffffffffffffff20"
                        + "38633901003bffffffffffffffff")),
            FuzzSeed(
                "floats",
                hex(
                    "88f93c00f90001f97c00f97e00fa47c35000fa7f7fffff"
                        + "fb3ff199999999999afb7e37e43c8800759c")),
            FuzzSeed("simple", hex("86f4f5f6f7f0f8ff")),
            FuzzSeed("strings", hex("8440430102036063e6b0b4")),
            FuzzSeed("chunks", hex("825f42010243030405ff7f657374726561646d696e67ff")),
            FuzzSeed("indefinite", hex("bf61619f01820203bf6346756ef5ffffff")),
            FuzzSeed("integer-keys", hex("a401020304203bffffffffffffffff6161f6")),
            FuzzSeed("other-key", hex("a1820102f6")), FuzzSeed("twice", hex("a2616101616102")),
            FuzzSeed("time", hex("82c11a514b67b0c074323031332d30332d32315432303a30343a30305a")),
            FuzzSeed("bignums", hex("83c249010000000000000000c349010000000000000000c240")),
            FuzzSeed("bignum-round", hex("82c24a80000000000004000001c34a80000000000004000000")),
            FuzzSeed("bignum-large", hex("c2581bff") + [UInt8](repeating: 0xff, count: 26)),
            FuzzSeed("fractions", hex("84c48221196ab3c5822003c482303863c482183d01")),
            FuzzSeed("fraction-bignum", hex("82c48229c249010000000000000000c58238ffc240")),
            FuzzSeed("fraction-far", hex("82c4823b7fffffffffffffff20c5821b7fffffffffffffff01")),
            FuzzSeed("described", hex("d9d9f7a1616101")),
            FuzzSeed("embedded", hex("d818456449455446")),
            FuzzSeed("deep", [UInt8](repeating: 0x81, count: 64) + [0]),
            FuzzSeed("too-deep", [UInt8](repeating: 0x9f, count: 300)),
            FuzzSeed("tags", [UInt8](repeating: 0xc1, count: 65) + [0]),
            FuzzSeed("length-bomb", hex("9b7fffffffffffffff00")),
            FuzzSeed("map-bomb", hex("bbffffffffffffffff0000")),
            FuzzSeed("text-bomb", hex("7b7fffffffffffffff61")),
            FuzzSeed("invalid-utf8", hex("62c328")), FuzzSeed("split-utf8", hex("7f61c361bcff")),
            FuzzSeed("break", hex("82ff00")), FuzzSeed("reserved", hex("811c")),
            FuzzSeed("short", hex("1a0102")), FuzzSeed("trailing", hex("0000")),
            FuzzSeed("empty", []),
        ]
    }
}
