internal import Simulator

/// Changes inputs at random: a poor cousin of libFuzzer's, for a test of a few seconds.
package struct Mutator {
    private var generator: SplitMix
    private static let telling: [UInt8] = [
        0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x20, 0x22, 0x2d, 0x2f, 0x30, 0x39, 0x5b, 0x5c, 0x65, 0x7b,
    ]

    package init(seed: UInt64) { generator = SplitMix(seed: seed) }

    /// - Parameter inputs: not empty.
    package mutating func next(from inputs: [[UInt8]], maximumLength: Int) -> [UInt8] {
        var bytes = inputs[below(inputs.count)]
        for _ in 0...below(4) { change(&bytes, inputs) }
        return Array(bytes.prefix(maximumLength))
    }

    private mutating func change(_ bytes: inout [UInt8], _ inputs: [[UInt8]]) {
        let place = below(bytes.count + 1)
        let length = min(below(9), bytes.count - place)
        switch below(7) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
        case 1 where place < bytes.count: bytes[place] = Self.telling[below(Self.telling.count)]
        case 2: bytes.removeSubrange(place..<place + length)
        case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: below(bytes.count + 1))
        case 4: bytes.insert(Self.telling[below(Self.telling.count)], at: place)
        case 5:
            let other = inputs[below(inputs.count)]
            let start = below(other.count + 1)
            bytes.insert(contentsOf: other[start...].prefix(below(33)), at: place)
        default:
            let run = [UInt8](repeating: Self.telling[below(Self.telling.count)], count: below(33))
            bytes.replaceSubrange(place..<place + length, with: run)
        }
    }

    private mutating func below(_ bound: Int) -> Int { .random(in: 0..<bound, using: &generator) }
}
