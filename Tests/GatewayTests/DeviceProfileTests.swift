import Core
import Foundation
import Gateway
import Testing

@Suite struct DeviceProfileTests {
    private func mistakes(_ text: String) -> String {
        do {
            _ = try ProfileReader.read(text: text, file: "p.yaml")
            return ""
        } catch {
            return error.description
        }
    }

    @Test func eachIsReadable() {
        #expect(DeviceProfiles.shipped.count == 16)
        #expect(Set(DeviceProfiles.shipped.map(\.name)).count == 16)
    }

    @Test(arguments: [
        ("", "empty"), ("profile: x", "missing: a list of rules"),
        ("profile: x\nrules:\n  - topics: [a/b+]", "whole level"),
        ("profile: x\nrules:\n  - topics: [a]\n    payload: xml", "expected one of auto"),
        ("profile: x\nrules:\n  - topics: [a]\n    readings: value", "begins with '$'"),
        ("profile: x\nrules:\n  - topics: [a]\n    unit: {a: b}", "unknown key"),
        ("profile: x\nrules:\n  - topics: [a]\n    states: {a: {ON: one}}", "a whole number"),
        ("profile: x\nrules:\n  - topics: [a]\n    labels: {a: $b}", "'.' or '['"),
        ("profile: x\nrules:\n  - topics: [a]\n    errors: b", "begins with '$'"),
        ("profile: x\nrules:\n  - topics: [a]\n    pair: {name: n}", "the member that holds it"),
    ])
    func whatIsWrongIsSaid(text: String, problem: String) {
        #expect(mistakes(text).contains(problem), "\(mistakes(text))")
    }

    @Test func aProfileOfOnesOwnComesFirst() throws {
        let own = try ProfileReader.read(
            text: """
                profile: own
                rules:
                  - topics: ["plant/{line}/{machine}/state"]
                    metric: running
                    states: {running: {STOP: 0, RUN: 1}}
                  - topics: ["tele/{device}/SENSOR"]
                    readings: $.ENERGY
                    time: $.at
                    skip: [Total*]
                    units: {Power: kW}
                """, file: "own.yaml")
        #expect(
            decoded("plant/1/press/state", "RUN", by: [own])
                == ["running=1 - line=1,machine=press"])
        #expect(
            decoded(
                "tele/a/SENSOR", #"{"ENERGY": {"Power": 3, "TotalTime": 7}}"#,
                by: [own] + DeviceProfiles.shipped) == ["Power=3 kW device=a"])
    }

    @Test func aFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "profiles-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "profile: a\nrules: []".write(
            to: folder.appending(path: "a.yaml"), atomically: true, encoding: .utf8)
        try "no profile".write(
            to: folder.appending(path: "README"), atomically: true, encoding: .utf8)
        #expect(try DeviceProfiles.folder(folder.path).map(\.name) == ["a"])
        try "profile: b\nrule: []".write(
            to: folder.appending(path: "b.yaml"), atomically: true, encoding: .utf8)
        #expect {
            try DeviceProfiles.folder(folder.path)
        } throws: {
            "\($0)".contains("b.yaml:2: rule: unknown key")
        }
        #expect(throws: Mistakes.self) { try DeviceProfiles.folder("/no/such/folder") }

        // In a configuration: relative to its file, and the mistakes of both at once.
        let file = folder.appending(path: "gateway.conf").path
        try "profiles: .\nstreams: [{name: s, topic: 'a/#', payload: auto, window: {size: 1s}}]"
            .write(toFile: file, atomically: true, encoding: .utf8)
        #expect {
            try ConfigurationReader.plan(file: file)
        } throws: {
            "\($0)".contains("b.yaml:2: rule: unknown key")
        }
        try FileManager.default.removeItem(at: folder.appending(path: "b.yaml"))
        let stream = try ConfigurationReader.plan(file: file).streams[0]
        guard case .recognised(let profiles) = stream.payload else {
            Issue.record("\(stream.payload)")
            return
        }
        #expect(profiles.map(\.name).prefix(1) == ["a"])
        #expect(profiles.count == DeviceProfiles.shipped.count + 1)
    }

    @Test(arguments: [
        (
            "zigbee2mqtt/plug",
            #"{"power":12.5,"state":"ON","energy":3.1,"last_seen":"2024-03-01T10:00:00Z"}"#,
            [
                "power=12.5 W device=plug",
                "energy=3.1 kWh device=plug counter",
            ]
        ),
        (
            "shellies/ht-1/sensor/temperature", "21.5",
            ["temperature=21.5 °C device=ht-1"]
        ),
        (
            "shellies/1pm/relay/0", "on",
            ["relay=1 - device=1pm,channel=0"]
        ),
    ])
    func shippedOnes(topic: String, payload: String, expected: [String]) {
        #expect(decoded(topic, payload) == expected)
    }
}
