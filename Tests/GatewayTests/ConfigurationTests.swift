import Core
import Foundation
import Gateway
import Logging
import OpenSSL
import Session
import Testing
import Uplink

@Suite struct ConfigurationTests {
    private func read(
        _ text: String, _ environment: [String: String] = [:]
    ) throws(Mistakes) -> GatewayConfiguration {
        try ConfigurationReader.read(
            text: text, file: "/etc/tidegate/tidegate.yaml", environment: environment)
    }

    private func mistakes(_ text: String, _ environment: [String: String] = [:]) -> [String] {
        do {
            _ = try read(text, environment)
            return []
        } catch {
            return error.list.map(\.description)
        }
    }

    private static let good = """
        gateway: gateway-1
        storage: {directory: /var/lib/tidegate}
        broker:
          host: localhost
          authorities: ca.crt
          certificate: /etc/certs/g.crt
          key: g.key
        streams:
          - name: temperature
            topic: plant/{line}/{device}/temperature
            payload: json
            value: $.value
            time: {path: $.ts, format: ms}
            window: {size: 10s}
            aggregates: [mean, p99.9]
            calibration:
              - {where: {device: tc-2}, gain: 1.01, offset: -0.3}
          - name: climate
            topic: room/{room}
            payload: json
            fields:
              humidity: {path: $.rh, unit: "%"}
              co2: $.co2
            window: {size: 1m, delay: 1s, idle: 2m}
        fusions:
          - name: bearing
            method: inverse_variance
            inputs:
              - {stream: temperature, where: {device: tc-1}, sigma: 0.5}
              - {stream: temperature, where: {device: tc-2}, sigma: 1, gain: 2}
            window: {size: 10s}
        uplink:
          endpoint: https://receiver:8443
          authorities: ca.crt
          certificate: g.crt
          key: g.key
          schedule: {time_zone: Europe/Zurich, open: ["Mon-Fri 02:00-04:00"]}
          batch: {size: 64KiB, age: 5s}
        """

    @Test func readsWhatIsWritten() throws {
        let settings = try read(Self.good)
        #expect(settings.gateway == "gateway-1")
        #expect(settings.broker.port == 8_883)
        #expect(settings.broker.clientID == "gateway-1")
        #expect(settings.broker.filters == ["plant/+/+/temperature", "room/+"])
        #expect(settings.broker.tls.authorities == "/etc/tidegate/ca.crt")
        #expect(settings.broker.tls.certificate == "/etc/certs/g.crt")
        let temperature = settings.plan.streams[0]
        #expect(
            temperature.windows[0].layout.aggregates == [.count, .sum, .mean, .quantile(9_990)])
        #expect(temperature.windows[0].delay == 5_000_000)
        #expect(temperature.windows[0].idle == 15_000_000)
        #expect(
            temperature.calibrations[0].value
                == Calibration(
                    gain: .decimal(mantissa: 101, scale: 2),
                    offset: .decimal(mantissa: -3, scale: 1)))
        #expect(
            settings.plan.streams[1].fields == [
                .init(name: "humidity", unit: "%"), .init(name: "co2", unit: ""),
            ])
        #expect(settings.plan.fusions[0].inputs.map(\.sigma) == [0.5, 1])
        #expect(settings.plan.fusions[0].quorum == 2)
        #expect(settings.uplink.batchSize == 65_536)
        #expect(
            settings.uplink.schedule
                == .weekly([.init(days: [0, 1, 2, 3, 4], from: 120, to: 240)]))
        #expect(settings.console.host == "127.0.0.1")
        #expect(try ConfigurationReader.plan(of: Self.good) == settings.plan)
    }

    @Test func theEnvironmentOverrides() throws {
        let settings = try read(
            Self.good,
            [
                "EDGE_STORAGE_DIR": "/data", "CLOUD_ENDPOINT": "https://other:1",
                "DEVICE_KEY_REF": "file:/run/key.pem", "SYNC_MAX_RETRIES": "3",
                "SYNC_RETRY_BASE_MS": "250", "LOG_LEVEL": "DEBUG", "METRICS_PORT": "9191",
            ])
        #expect(settings.storage.directory == "/data")
        #expect(settings.uplink.endpoint == "https://other:1")
        #expect(settings.broker.tls.key == "/run/key.pem")
        #expect(settings.uplink.tls.key == "/run/key.pem")
        #expect(settings.uplink.retryAttempts == 3)
        #expect(settings.uplink.retryBase == 250_000)
        #expect(settings.logLevel == .debug)
        #expect(settings.console.port == 9_191)
        #expect(
            mistakes(Self.good, ["METRICS_PORT": "http", "DEVICE_KEY_REF": "pkcs11:slot=1"]) == [
                "DEVICE_KEY_REF: 'pkcs11:slot=1': expected the path of a PEM key, or file:PATH",
                "METRICS_PORT: 'http': expected a port, 1 to 65535",
            ])
    }

    @Test func tellsEveryMistakeAtOnceWithItsLine() {
        let bad = """
            gateway: gateway 1
            storage: {directory: /x}
            broker:
              host: localhost
              authorities: ca.crt
              certificate: g.crt
              key: g.key
              prot: 8883
            streams:
              - name: temperature
                topic: plant/#/x
                payload: xml
                window: {size: ten}
                aggregates: [count, average]
            uplink:
              endpoint: http://receiver
              authorities: ca.crt
              certificate: g.crt
            """
        let found = mistakes(bad)
        let expected = [
            "tidegate.yaml:1: gateway: 'gateway 1': expected 1 to 64",
            "tidegate.yaml:8: broker.prot: unknown key",
            "tidegate.yaml:11: streams[1].topic: 'plant/#/x': expected '#' as the last level",
            "tidegate.yaml:12: streams[1].payload: 'xml': expected one of number, json, cbor",
            "tidegate.yaml:13: streams[1].window.size: 'ten': expected a length of time",
            "tidegate.yaml:14: streams[1].aggregates[2]: 'average': expected one of",
            "tidegate.yaml:16: uplink.endpoint: 'http://receiver': expected https://",
            "tidegate.yaml:16: uplink.key: missing",
        ]
        for text in expected {
            #expect(found.contains { $0.contains(text) }, "\(text) in \(found)")
        }
        #expect(found.count == expected.count, "\(found)")
    }

    @Test func findsWhatDoesNotFitTogether() {
        let overlapping = Self.good.replacingOccurrences(
            of: "topic: room/{room}", with: "topic: plant/{a}/{b}/{c}")
        #expect(mistakes(overlapping).contains { $0.contains("overlaps with") })
        let twice = Self.good.replacingOccurrences(of: "name: climate", with: "name: temperature")
        #expect(mistakes(twice).contains { $0.contains("is taken") })
        let label = Self.good.replacingOccurrences(
            of: "where: {device: tc-1}", with: "where: {devise: tc-1}")
        #expect(mistakes(label).contains { $0.contains("captures no 'devise'") })
        let stream = Self.good.replacingOccurrences(
            of: "{stream: temperature, where: {device: tc-1}", with: "{stream: pressure, where: {}")
        #expect(
            mistakes(stream).contains {
                $0.contains("expected a stream, or a fusion before this one: temperature, climate")
            })
    }

    @Test func brokenYAMLNamesItsLine() {
        let found = mistakes("gateway: a\nbroker: {host: ]}\nstreams: []\n")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("/etc/tidegate/tidegate.yaml:2:"), "\(found)")
        #expect(mistakes("").count == 1)
        #expect(
            mistakes("just text") == ["/etc/tidegate/tidegate.yaml:1: expected keys and values"])
    }

    @Test func whatEarlierConfigurationsSubscribedToIsKnown() {
        let before = Self.good.replacingOccurrences(of: "room/{room}", with: "hall/{room}/air")
        let former = ConfigurationReader.filters(
            in: [before, "gateway: [", "", Self.good, before],
            besides: ["plant/+/+/temperature", "room/+"])
        #expect(former == ["hall/+/air"])
        #expect(ConfigurationReader.filters(in: [Self.good], besides: []).count == 2)
    }

    @Test func aMissingFileIsSaid() {
        do {
            _ = try ConfigurationReader.read(file: "/nowhere/x.yaml", environment: [:])
            Issue.record("a file that is not there was read")
        } catch {
            #expect(error.description.hasPrefix("/nowhere/x.yaml: can't read"))
        }
    }
}
