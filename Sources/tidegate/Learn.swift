internal import ArgumentParser
internal import Core
internal import Export
internal import Foundation
internal import Gateway
internal import Simulator
internal import Trial

struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Listens to a broker for a while and writes a configuration to start from.",
        discussion: """
            Each topic pattern that was seen, its rate, fields, units and series in comments, and \
            streams that 'tidegate try' takes. With --messages, of a recording instead: a message a \
            line, as 'mosquitto_sub -F %j' writes them.
            """)

    @Option(help: ArgumentHelp("The broker, with its TLS port.", valueName: "host:port"))
    var broker: BrokerAddress?

    @Option(help: ArgumentHelp("The folder with ca.crt and NAME.crt, NAME.key.", valueName: "dir"))
    var certificates: String?

    @Option(
        help: ArgumentHelp(
            "Whose certificate to show: not the gateway's, whose session that would end.",
            valueName: "name"))
    var name = "operator"

    @Option(help: ArgumentHelp("What to listen to.", valueName: "filter"))
    var topic = "#"

    @Option(help: ArgumentHelp("For how long, such as 60s.", valueName: "time"))
    var duration: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Messages, one a line, instead of a broker; - for standard input.", valueName: "file"))
    var messages: String?

    func validate() throws {
        guard (broker == nil) != (messages == nil) else {
            throw ValidationError("Either --broker or --messages is needed.")
        }
        guard broker == nil || certificates != nil else {
            throw ValidationError("--broker needs --certificates.")
        }
    }

    func run() throws {
        var learning = Learning(decoder: AutomaticDecoder(profiles: DeviceProfiles.shipped))
        do {
            if let messages {
                var recording = try LinesRecording(path: messages)
                while let message = try recording.next() { learning.take(message) }
            } else if let broker, let certificates {
                let seconds = duration?.seconds ?? 60
                Output.complain("listening to '\(topic)' at \(broker) for \(Int(seconds)) s")
                let listener = try BrokerListener(
                    access: BrokerAccess(address: broker, certificates: certificates),
                    device: name, filter: topic
                ) { topic, payload in
                    learning.take(
                        RecordedMessage(topic: topic, payload: payload, time: Self.now))
                }
                try listener.listen(seconds: seconds)
            }
            guard learning.messages > 0 else {
                Output.complain("tidegate learn: no message came; is '\(topic)' what is published?")
                throw ExitCode.failure
            }
            let output = Output.standard()
            try output.write(Array(learning.yaml().utf8))
            try output.flush()
        } catch let exit as ExitCode {
            throw exit
        } catch Output.Failure.readerGone {
            return
        } catch {
            Output.complain("tidegate learn: \(error)")
            throw ExitCode.failure
        }
    }

    private static var now: Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    }
}
