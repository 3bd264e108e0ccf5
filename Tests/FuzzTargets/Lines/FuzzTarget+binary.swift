internal import Core

extension FuzzTarget {
    /// A byte for the form, one for how many fields, four for each, then a payload.
    static let binary = FuzzTarget("binary", maximumLength: 256, seeds: binarySeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let form = BinaryForm.allCases[input.choice(3)]
        let count = input.choice(8)
        let fields = (0..<count).map { place in
            BinaryField(
                "\(place)", at: input.choice(64), type(&input),
                BinaryOrder.allCases[input.choice(4)],
                scale: .decimal(mantissa: Int64(input.byte()), scale: 2),
                shift: place % 2 == 0 ? .zero : .binary(1e60))
        }
        let payload = input.rest()
        guard let layout = try? BinaryLayout(fields, in: form) else { return }
        guard let decoded = try? layout.decode(payload.span) else { return }
        try require(
            decoded.readings.count + decoded.problems.count == count, "a field is missing")
        for reading in decoded.readings {
            guard case .number(let number) = reading.value else { continue }
            try check(number)
        }
        let furthest = fields.map(\.offset).max() ?? 0
        try require(payload.count > furthest, "a field beyond the payload's end")
    }

    private static func type(_ input: inout FuzzInput) -> BinaryType {
        let types: [BinaryType] = [
            .u8, .i8, .u16, .i16, .u32, .i32, .u64, .i64, .f32, .f64, .bcd16, .bcd32,
            .byteBit(7), .wordBit(15), .byteBit(8), .wordBit(-1),
        ]
        return types[input.choice(types.count)]
    }

    private static var binarySeeds: [FuzzSeed] {
        func seed(
            _ name: String, _ form: UInt8, _ fields: [[UInt8]], _ payload: [UInt8]
        ) -> FuzzSeed {
            FuzzSeed(name, [form, UInt8(fields.count)] + fields.flatMap { $0 } + payload)
        }
        return [
            seed("float", 0, [[0, 8, 1, 100]], [0, 0, 0xbe, 0x41]),
            seed("not-a-number", 0, [[0, 8, 0, 100], [0, 0, 0, 1]], [0x7f, 0xc0, 0, 0]),
            seed("double", 0, [[0, 9, 3, 255], [1, 7, 2, 1]], [UInt8](0..<16)),
            seed(
                "largest", 0, [[0, 9, 0, 255]], [0x4c, 0x63, 0xe9, 0xe4, 0xe4, 0xc2, 0xf3, 0x44]),
            seed(
                "digits", 0, [[0, 10, 0, 1], [2, 11, 2, 1]], [0x12, 0x34, 0x56, 0x78, 0x90, 0x1a]),
            seed("bits", 0, [[0, 12, 0, 1], [0, 13, 1, 1]], [0x80, 0x01]),
            seed("short", 0, [[60, 6, 0, 1]], [1, 2, 3]),
            seed("hex", 1, [[0, 5, 2, 1]], Array("0x41 BE00 00\n".utf8)),
            seed("base64", 2, [[0, 4, 0, 1], [0, 3, 1, 1]], Array("Qb4AAA==".utf8)),
            seed("no-bit", 0, [[0, 14, 0, 1]], [1]), seed("no-fields", 0, [], [1]),
        ]
    }
}
