import Core
import Foundation
import Testing

/// What is written to the formats' rules reads back. A failure prints the seed.
@Suite struct LineRoundTripTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var word = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
            return word ^ word >> 31
        }

        mutating func below(_ bound: Int) -> Int { .random(in: 0..<bound, using: &self) }

        mutating func text(_ alphabet: [String], _ lengths: ClosedRange<Int>) -> String {
            (0..<Int.random(in: lengths, using: &self)).map { _ in alphabet[below(alphabet.count)] }
                .joined()
        }
    }

    private static let alphabet = ["a", "b", "0", ",", "=", " ", "\\", "\"", "ä", "😀", "#", "t"]
    private let seed = UInt64.random(in: 1...999_999)

    private static func escaped(_ text: String, _ bytes: String) -> String {
        text.map { bytes.contains($0) ? "\\" + String($0) : String($0) }.joined()
    }

    @Test func influx() throws {
        var generator = Generator(state: seed)
        for round in 0..<500 {
            // No name can end with a backslash, nor a measurement begin as a comment does.
            func name() -> String { generator.text(Self.alphabet, 0...6) + "z" }
            var text = ""
            var expected: [DecodedReading] = []
            for _ in 0..<generator.below(4) + 1 {
                let measurement = "m" + name()
                let time = Timestamp(microseconds: Int64(generator.below(1 << 40)))
                let labels = (0..<generator.below(4)).map {
                    Series.Label(name: "\($0)" + name(), value: name())
                }
                let tags = labels.map {
                    ",\(Self.escaped($0.name, ",= "))=\(Self.escaped($0.value, ",= "))"
                }
                let fields = (0...generator.below(4)).map { _ in
                    let field = name()
                    let integer = Int64(generator.below(1 << 50))
                    let string = generator.text(Self.alphabet + ["\n"], 0...8)
                    let decimal = Number.decimal(mantissa: integer, scale: 3)
                    let (value, written): (DecodedReading.Value, String) =
                        switch generator.below(4) {
                        case 0: (.flag(true), "true")
                        case 1: (.number(.decimal(mantissa: -integer, scale: 0)), "-\(integer)i")
                        case 2: (.number(decimal.normalized), "\(decimal)")
                        default: (.text(string), "\"\(Self.escaped(string, "\"\\"))\"")
                        }
                    expected.append(
                        DecodedReading("\(measurement).\(field)", value, time: time, labels: labels)
                    )
                    return "\(Self.escaped(field, ",= "))=\(written)"
                }
                text += Self.escaped(measurement, ", ") + tags.joined() + " "
                text += fields.joined(separator: ",") + " \(time.microseconds)\n"
            }
            let decoded = try InfluxLine.decode(
                Array(text.utf8).span, precision: .microseconds)
            #expect(decoded == Decoded(readings: expected), "seed \(seed), round \(round): \(text)")
            if decoded.readings != expected { return }
        }
    }

    @Test func csv() throws {
        var generator = Generator(state: seed)
        let columns = (0..<3).map { (place: Int) in CSVColumn("c\(place)", at: place, .state) }
        let reader = try CSVLine(CSVLayout(columns: columns))
        for round in 0..<500 {
            var text = ""
            var expected: [DecodedReading] = []
            for _ in 0..<generator.below(5) + 1 {
                let values = columns.map { _ in
                    "x" + generator.text(Self.alphabet + ["\n", "\r\n"], 0...6) + "y"
                }
                expected += zip(columns, values).map { DecodedReading($0.name, .text($1)) }
                let fields = values.map { value in
                    let isPlain = value.utf8.allSatisfy { !",\"\r\n".utf8.contains($0) }
                    return isPlain
                        ? value : "\"\(value.replacingOccurrences(of: "\"", with: "\"\""))\""
                }
                text += fields.joined(separator: ",") + (generator.below(2) == 0 ? "\n" : "\r\n")
            }
            let decoded = try reader.decode(Array(text.utf8).span)
            #expect(decoded == Decoded(readings: expected), "seed \(seed), round \(round): \(text)")
            if decoded.readings != expected { return }
        }
    }

    @Test func binary() throws {
        var generator = Generator(state: seed)
        for _ in 0..<500 {
            let value = Int64(bitPattern: generator.next())
            let word = UInt32(truncatingIfNeeded: value)
            let float = Double(bitPattern: generator.next())
            let bytes =
                withUnsafeBytes(of: value.littleEndian, Array.init)
                + withUnsafeBytes(of: word.bigEndian, Array.init)
                + withUnsafeBytes(of: float.bitPattern.bigEndian, Array.init)
            let fields = [
                BinaryField("i", at: 0, .i64, .little), BinaryField("w", at: 8, .u32),
                BinaryField("f", at: 12, .f64),
            ]
            let texts: [(BinaryForm, [UInt8])] = [
                (.raw, bytes),
                (.hex, Array(bytes.map { String(format: "%02X", $0) }.joined().utf8)),
                (.base64, Array(Data(bytes).base64EncodedString().utf8)),
            ]
            for (form, text) in texts {
                let readings = try BinaryLayout(fields, in: form).decode(text.span).readings
                #expect(
                    readings.prefix(2).map(\.value) == [
                        .number(Number.decimal(mantissa: value, scale: 0)),
                        .number(Number(Int(word))),
                    ], "seed \(seed)")
                let isOurs = float.magnitude <= Number.largest
                #expect(readings.count == (isOurs ? 3 : 2), "seed \(seed), \(float)")
                if isOurs, case .number(let number) = readings[2].value {
                    // `Number.double` of 17 digits can be the double beside it.
                    #expect(Double("\(number)") == float, "seed \(seed)")
                }
            }
        }
    }
}
