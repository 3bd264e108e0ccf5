import Core
import Simulator

/// Random documents, paths that may lead somewhere in them, and damage.
struct RandomJSON {
    var generator: SplitMix

    /// Beside each other: equal in the first eight bytes, as long as these, and one longer.
    static let names = [
        "a", "b", "ts", "value", "é", "a\"b", "", "12345678", "123456789", "123456780",
        "temperature", "temperatura", "q q",
    ]

    init(seed: UInt64) { generator = SplitMix(seed: seed) }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &generator)]
    }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    mutating func path() -> String {
        var text = "$"
        for _ in 0..<pick([0, 1, 1, 1, 2, 2, 3]) {
            text += chance(75) ? "['\(pick(Self.names))']" : "[\(pick([0, 1, 2]))]"
        }
        return text
    }

    mutating func document(areNamesUnique: Bool) -> [UInt8] {
        Array((space() + value(depth: 0, areNamesUnique) + space()).utf8)
    }

    private mutating func space() -> String {
        chance(70) ? "" : pick([" ", "  ", "\n", "\r\n\t", "          "])
    }

    private mutating func value(depth: Int, _ areNamesUnique: Bool) -> String {
        let isNested = depth == 0 ? chance(95) : depth < 5 && chance(35)
        guard isNested else { return scalar() }
        let isObject = chance(70)
        var items: [String] = []
        var known: Set<String> = []
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            var item = value(depth: depth + 1, areNamesUnique)
            if isObject {
                let name = pick(Self.names)
                guard known.insert(name).inserted || !areNamesUnique else { continue }
                item = quoted(name) + space() + ":" + space() + item
            }
            items.append(space() + item + space())
        }
        let inside = items.joined(separator: ",")
        return isObject ? "{\(inside)}" : "[\(inside)]"
    }

    private mutating func scalar() -> String {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return pick(["true", "false", "null"])
        case 1, 2:
            let pieces = [
                "a", "°", "é", "日本", "😀", "\"", "\\", "/", "\n", "\u{1}", "12.5", "plain ",
            ]
            return quoted((0..<pick([0, 1, 2, 5, 9])).map { _ in pick(pieces) }.joined())
        default: return number()
        }
    }

    mutating func number() -> String {
        var text = chance(30) ? "-" : ""
        text +=
            chance(20) ? "0" : pick(["1", "9", "4"]) + digits(pick([0, 1, 2, 3, 7, 8, 12, 17]))
        if chance(50) { text += "." + digits(pick([1, 2, 3, 7, 8, 9, 16])) }
        if chance(20) { text += pick(["e", "E"]) + pick(["", "+", "-"]) + digits(pick([1, 2])) }
        return text
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(pick(Array(0...9))) }.joined()
    }

    /// With escapes where they must be, and where they may be.
    private mutating func quoted(_ text: String) -> String {
        let isGenerous = chance(15)
        var quoted = "\""
        for unit in text.utf16.map({ $0 }) {
            let mustBe = unit < 0x20 || unit == 0x22 || unit == 0x5c
            let isHalf = (0xd800...0xdfff).contains(unit)
            guard mustBe || isGenerous || isHalf else {
                quoted += String(utf16CodeUnits: [unit])
                continue
            }
            let hex = String(unit, radix: 16, uppercase: isGenerous)
            quoted +=
                unit == 0x0a ? "\\n" : "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
        return quoted + "\""
    }

    /// One to three bytes changed, taken out or put in, or the end cut off.
    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let likely =
            Array("{}[]\",:0e-+.tnf\\u \n\u{1}9/".utf8) + [0x80, 0xff, 0xc3, 0xed, 0xe0, 0xf4]
        for _ in 0..<pick([1, 1, 1, 2, 3]) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...3: bytes[place] = pick(likely)
            case 4, 5: bytes.remove(at: place)
            case 6: bytes.insert(pick(likely), at: place)
            default: bytes.removeLast(bytes.count - place)
            }
        }
        return bytes
    }
}

extension String {
    fileprivate init(utf16CodeUnits units: [UInt16]) {
        self = String(decoding: units, as: UTF16.self)
    }
}
