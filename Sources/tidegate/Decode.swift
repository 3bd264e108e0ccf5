internal import ArgumentParser
internal import Core
internal import Export
internal import Foundation
internal import Gateway
internal import Trial

struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows how messages are read, a line of JSON for each.",
        discussion: """
            {"topic": ..., "readings": [{"metric", "value", "unit", "ts", "quality", "labels"}], \
            "error": ...}; 'ts' in milliseconds since 1970, null where the message has none. \
            By the device profiles that are shipped (docs/payloads.md), else by what the payload \
            looks like.
            """)

    @Option(help: ArgumentHelp("The topic of the payload on standard input.", valueName: "t"))
    var topic: String?

    @Option(
        help: ArgumentHelp(
            "Messages, one a line: {\"topic\": ..., \"payload\" or \"payload_b64\": ...}, in order; "
                + "- for standard input. May be .zst.", valueName: "file.jsonl"))
    var messages: String?

    @Option(
        help: ArgumentHelp(
            "Reads as the streams of this configuration do, before calibration.",
            valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "A folder of profiles of your own, .yaml, before those that are shipped.",
            valueName: "folder"))
    var profiles: String?

    func validate() throws {
        guard (topic == nil) != (messages == nil) else {
            throw ValidationError("Either --topic or --messages is needed.")
        }
        guard config == nil || profiles == nil else {
            throw ValidationError("With --config its own 'profiles' count.")
        }
    }

    private func decoder() throws -> DecodingRun.Decoder {
        do {
            if let config { return .plan(PlanDecoder(try ConfigurationReader.plan(file: config))) }
            let own = try profiles.map(DeviceProfiles.folder) ?? []
            return .automatic(AutomaticDecoder(profiles: own + DeviceProfiles.shipped))
        } catch {
            throw GatewayConfiguration.complain(error)
        }
    }

    func run() throws {
        let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
        var run = DecodingRun(decoder: try decoder(), now: now)
        do {
            let output = Output.standard()
            if let topic {
                let payload = try FileHandle.standardInput.readToEnd() ?? Data()
                run.take(
                    RecordedMessage(topic: Array(topic.utf8), payload: Array(payload), time: now))
                try output.write(run.takeText())
            } else if let messages {
                var lines = try LineReader(path: messages)
                while let line = try lines.next() {
                    guard line.contains(where: { ![0x20, 0x09, 0x0d].contains($0) }) else {
                        continue
                    }
                    run.take(line: line)
                    try output.write(run.takeText())
                }
            }
            try output.flush()
        } catch Output.Failure.readerGone {
            return
        } catch {
            Output.complain("tidegate decode: \(error)")
            throw ExitCode(1)
        }
    }
}
