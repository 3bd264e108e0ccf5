import Testing

@testable import Core

/// Eclipse Sparkplug 3.0.0, sections 6.4.6 to 6.4.16.
@Suite struct SparkplugValueTests {
    private typealias Sample = SparkplugSample

    @Test(
        arguments: [
            (.int8, 10, 251, "-5"), (.int8, 10, 0xffff_fffb, "-5"), (.int8, 11, 251, "-5"),
            (.int8, 11, .max - 4, "-5"), (.int8, 10, 127, "127"), (.int16, 10, 0xfffe, "-2"),
            (.int32, 10, 0xffff_ffff, "-1"), (.int32, 11, 0xffff_ffff, "-1"),
            (.int64, 11, .max, "-1"), (.int64, 11, 1 << 63, "-9223372036854775808"),
            (.uint8, 10, 255, "255"), (.uint16, 10, 65_535, "65535"),
            (.uint32, 10, 0xffff_ffff, "4294967295"), (.uint32, 11, 0xffff_ffff, "4294967295"),
            (.uint64, 11, .max, "18446744073709551615"),
            (.uint64, 11, 1 << 63 - 1, "9223372036854775807"),
            (.dateTime, 11, 1_700_000_000_123, "1700000000123"),
        ] as [(SparkplugDataType, UInt64, UInt64, String)])
    func integersAreOfTheirTypesWidthAndSign(
        type: SparkplugDataType, field: UInt64, value: UInt64, text: String
    ) throws {
        let number =
            Int64(text).map { Number.decimal(mantissa: $0, scale: 0) }
            ?? Double(text).map { .binary($0) }
        let outcome = try read(Sample.metric("M", type).varint(field, value))
        #expect(outcome.problems.isEmpty)
        #expect(outcome.readings.map(\.value) == [.number(try #require(number))])
    }

    @Test func whatIsNoReadingSaysWhy() throws {
        let empty = Sample.metric("M")
        let noNumber = " is no number that can be measured"
        let cases: [(Sample, String)] = [
            (Sample.metric("M", .uint8).varint(10, 256), "256 is no uint8"),
            (Sample.metric("M", .int8).varint(10, 300), "300 is no int8"),
            (Sample.metric("M", .int8).varint(11, .max - 299), "-300 is no int8"),
            (Sample.metric("M", .double).double(13, .nan), "nan\(noNumber)"),
            (Sample.metric("M", .float).float(12, -.infinity), "-inf\(noNumber)"),
            (Sample.metric("M", .double).double(13, 1e61), "1e+61\(noNumber)"),
            (Sample.metric("M", .double).varint(10, 1), "a value that is no double"),
            (Sample.metric("M", .boolean), "no value"), (empty, "no value"),
            (Sample.metric("M", .string).block(15, [0xff]), "text that is not UTF-8"),
            (Sample.metric("M", .dataset).block(17, [1, 2]), "dataset: not read"),
            (Sample.metric("M", .template).block(18, [1, 2]), "template: not read"),
            (Sample.metric("M", .bytes).block(16, [1, 2]), "bytes: not read"),
            (Sample.metric("M", .file).block(16, [1, 2]), "file: not read"),
            (Sample.metric("M", .int8Array).block(16, [1, 2]), "int8Array: not read"),
            (empty.varint(4, 99).varint(10, 1), "datatype 99: unknown"),
            (empty.varint(3, 253_402_300_800_000).double(13, 1), "a time after the year 9999"),
        ]
        for (metric, reason) in cases {
            let outcome = try read(metric)
            #expect(outcome.readings.isEmpty)
            #expect(outcome.problems == ["M: \(reason)"])
        }
    }

    @Test func flagsTextsAndTimes() throws {
        #expect(
            try read(Sample.metric("M", .boolean).varint(14, 1)).readings.map(\.value)
                == [.flag(true)])
        for type in [SparkplugDataType.string, .text, .uuid] {
            #expect(
                try read(Sample.metric("M", type).text(15, "RUN")).readings.map(\.value)
                    == [.text("RUN")])
        }
        let timeless = Sample.payload(seq: 0, at: nil, [Sample.metric("M").double(13, 1)])
        #expect(try read(timeless).readings.map(\.time) == [nil])
        let historical = Sample.metric("M").double(13, 1).varint(3, 7).varint(5, 1)
        let reading = try read(historical).readings.first
        #expect(reading?.time == Timestamp(microseconds: 7_000) && reading?.quality == .good)
    }

    @Test(
        arguments: [
            (192, .good), (0, Quality(.bad, .device)), (500, Quality(.bad, [.device, .stale])),
            (216, .good), (64, Quality(.uncertain, .device)), (600, Quality(.uncertain, .device)),
        ] as [(UInt64, Quality)])
    func qualitiesAreProperties(code: UInt64, quality: Quality) throws {
        let metric = Sample.metric("M").double(13, 1)
            .property("Quality", Sample().varint(1, 3).varint(3, code))
        #expect(try read(metric).readings.map(\.quality) == [quality])
    }

    @Test func propertiesBelongTogetherByTheirPlaces() throws {
        let set = Sample().text(1, "low").text(1, "engUnits").text(1, "Quality")
            .block(2, Sample().double(6, 0).bytes).block(2, Sample().text(8, "bar").bytes)
            .block(2, Sample().varint(2, 1).varint(3, 0).bytes)
        let reading = try read(Sample.metric("M").double(13, 1).block(9, set.bytes)).readings.first
        #expect(reading?.unit == "bar" && reading?.quality == .good)
        let long = Sample().text(8, String(repeating: "u", count: 65))
        let outcome = try read(Sample.metric("M").double(13, 1).property("unit", long))
        #expect(outcome.readings.map(\.unit) == [nil])
        #expect(outcome.problems == ["M: a unit of more than 64 bytes"])
    }

    private func read(_ metric: SparkplugSample) throws -> Decoded {
        try read(Sample.payload(seq: 0, [metric]))
    }

    private func read(_ payload: [UInt8]) throws -> Decoded {
        var scene = SparkplugScene()
        return try scene.send("NBIRTH/N", payload).decoded
    }
}
