internal import Core
internal import OpenSSL
internal import Receiver
internal import Simulator
internal import Uplink
internal import Wire

extension FuzzTarget {
    /// The small texts that come from configuration, command line and URLs.
    static let words = FuzzTarget("words", maximumLength: 128, seeds: wordSeeds) {
        bytes throws(Violation) in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        if let epoch = Epoch(text) {
            try require(
                epoch.description == text.lowercased(), "epoch '\(text)' reads as \(epoch)")
        }
        if let decoded = Hex.decode(text) {
            try require(Hex.encode(decoded) == text.lowercased(), "hex '\(text)'")
        }
        if let aggregate = Aggregate(name: text) {
            try require(
                Aggregate(name: aggregate.name) == aggregate, "aggregate \(aggregate)")
            var writer = ByteWriter()
            writer.aggregate(aggregate)
            var reader = ByteReader(writer.bytes)
            let again = try must("aggregate") { try reader.aggregate() }
            try require(again == aggregate, "aggregate \(aggregate) decodes as \(again)")
        }
        if GatewayName.isValid(text) {
            try require(
                !text.contains("/") && text != "." && text != ".." && !text.isEmpty,
                "'\(text)' as a folder")
        }
        if let address = ListenAddress(text) {
            try require((0...65_535).contains(address.port), "port \(address.port)")
        }
        if let opening = Schedule.Opening(text) { try check(opening) }
        if let span = try? ExportSpan(from: text, to: nil) {
            try require(span.from >= .epoch, "from \(span.from)")
        }
        if let template = try? TopicTemplate(text) {
            let topic = template.topic(column: "a/b") { _ in "+#" }
            try require(
                !topic.contains("+") && !topic.contains("#"), "topic '\(topic)'")
        }
        if let milliseconds = TimeText.milliseconds(text) {
            var pace = ReplayPace(speed: 10, longestGap: nil)
            _ = pace.due(milliseconds)
            try require(pace.due(-milliseconds) >= 0, "due before the start")
            try require(pace.due(.max / 1_000_000) >= 0, "due before the start")
        }
    }

    private static func check(_ opening: Schedule.Opening) throws(Violation) {
        try require(
            opening.days.isSubset(of: 0...6) && !opening.days.isEmpty, "days \(opening.days)")
        try require(
            (0..<1_440).contains(opening.from) && (0...1_440).contains(opening.to),
            "from \(opening.from) to \(opening.to)")
        let schedule = Schedule.weekly([opening])
        let week = (0..<(7 * 24 * 2)).count { step in
            schedule.isOpen(at: Timestamp(microseconds: Int64(step) * 1_800_000_000)) { _ in 0 }
        }
        let minutes = (opening.to - opening.from + 1_440) % 1_440
        try require(
            week > 0 || minutes < 30, "open at no half hour of the week: \(opening)")
    }

    private static var wordSeeds: [FuzzSeed] {
        let texts = [
            "epoch": "00112233445566778899aabbccddeeff", "hex": "0AfF", "aggregate": "p99.9",
            "simple": "stddev", "gateway": "Press.Hall_3", "dots": "..", "address": "[::1]:8443",
            "port": "localhost:65536", "opening": "Mon-Fri 02:00-04:00",
            "overnight": "daily 22:00-06:00", "days": "Sat,Sun 00:00-24:00",
            "wrap": "Sun-Mon 23:59-00:00", "moment": "2026-11-23T21:00:00Z",
            "template": "plant/{experiment}/{column}", "open-brace": "plant/{experiment",
            "csv-time": "2020-02-08 13:30:47.25+01:00", "csv-seconds": "1763932774",
            "csv-largest": "9223372036854775807", "csv-smallest": "-9223372036854775808",
            "csv-year-0": "0000-02-29", "slashes": "2020/02/08T13:30Z",
        ]
        return texts.sorted { $0.key < $1.key }.map { FuzzSeed($0.key, $0.value) }
    }
}
