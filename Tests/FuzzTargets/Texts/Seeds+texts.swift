internal import OpenSSL

extension FuzzTarget {
    static var configurationSeeds: [FuzzSeed] {
        let head = """
            gateway: g
            storage: {directory: s}
            broker: {host: h, authorities: a, certificate: c, key: k}
            uplink: {endpoint: "https://h", authorities: a, certificate: c, key: k}

            """
        let stream = """
            streams:
              - {name: a, topic: "p/{d}", payload: number, window: {size: 10s}}

            """
        let json = """
            streams:
              - name: a
                topic: p/{l}/{d}/x
                payload: json
                fields: {t: $.t, h: {path: "$.s[0].rh", unit: "%"}}
                time: {path: $.at, format: rfc3339}
                unit: Cel
                window: {size: 1m, delay: 10s, idle: 2m}
                aggregates: [count, sum, mean, min, max, first, last, stddev, p95, p99.9]
                calibration: [{where: {d: x}, field: h, gain: 1.01, offset: -0.3}]

            """
        let fusion = """
            fusions:
              - name: f
                labels: {b: drive-end}
                method: inverse_variance
                inputs: [{stream: a, where: {d: x}, sigma: 0.5}, {stream: a, sigma: 2}]
                tolerance: 1s
                quorum: 1
                window: {size: 10s}

            """
        let rest = """
            gateway: g
            storage: {directory: /s}
            broker:
              {host: h, port: 1, authorities: a, certificate: c, key: k, client_id: x,
               keep_alive: 5s, commit: {messages: 1, interval: 1ms}}
            uplink:
              endpoint: https://h:1
              authorities: a
              certificate: c
              key: k
              schedule: {time_zone: Europe/Zurich, open: ["Mon-Fri 02:00-04:00"]}
              batch: {size: 4MiB, age: 36600d}
              retry: {base: 1us, maximum: 36600d, attempts: 1}
              timeout: 36600d
            limits: {topics: 1, series: 1, payload: 1GiB, future: 0s, dead_letters: 1}
            console: {host: "::1", port: 65535}
            log: {level: trace}

            """
        let aliases = """
            streams: &s
              - &a {name: a, topic: a, payload: number, window: &w {size: 1d}}
              - *a
            fusions: *s

            """
        return [
            FuzzSeed("number", head + stream), FuzzSeed("json", head + json),
            FuzzSeed("fusion", head + stream + fusion), FuzzSeed("rest", rest + stream),
            FuzzSeed("aliases", head + aliases), FuzzSeed("empty", ""),
            FuzzSeed("scalar", "gateway"), FuzzSeed("list", "- 1\n- {a: b}"),
            FuzzSeed("twice", "gateway: a\ngateway: b\n"), FuzzSeed("tab", "a:\n\t- b"),
            FuzzSeed("unknown", head + stream + "colour: red\n"),
            FuzzSeed("open", "streams: [{name: \"a"), FuzzSeed("types", "gateway: !!binary aGk=\n"),
            FuzzSeed("nested", String(repeating: "[", count: 500)),
            FuzzSeed("documents", head + stream + "---\n" + head),
            FuzzSeed(
                "environment",
                head + stream + "\u{0}/dir\u{0}https://other\u{0}file:/key\u{0}3\u{0}100\u{0}debug"
                    + "\u{0}9091"),
            FuzzSeed(
                "bad-environment",
                head + stream + "\u{0}/dir\u{0}http://x\u{0}pkcs11:x\u{0}0\u{0}-1\u{0}loud\u{0}0"),
            FuzzSeed("not-utf8", Array(head.utf8) + [0xff, 0xfe, 0x0a]),
        ]
    }

    static var certificateSeeds: [FuzzSeed] {
        [
            FuzzSeed("gateway", Hex.decode(selfSigned) ?? []),
            FuzzSeed("cut", Array((Hex.decode(selfSigned) ?? []).prefix(100))),
            FuzzSeed("empty", []), FuzzSeed("sequence", [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]),
        ]
    }

    /// `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj
    /// "/O=Tidegate/CN=gateway-1" -days 365000`; its key was thrown away.
    private static let selfSigned = """
        308201a53082014ba003020102021465978f7640014c38f950e1da8ee96b8d1b095706300a06082a\
        8648ce3d04030230273111300f060355040a0c0854696465676174653112301006035504030c0967\
        6174657761792d313020170d3236313132343032303231315a180f33303236303332373032303231\
        315a30273111300f060355040a0c0854696465676174653112301006035504030c09676174657761\
        792d313059301306072a8648ce3d020106082a8648ce3d030107034200042d05ec9948261a21c734\
        41b8e6f457d044e790824b0fabe8951236c0aa32d0931db71f973477567cee6d8eaef62e4436debb\
        59d6d7837436a255040a13007c0ca3533051301d0603551d0e04160414749ff326c6ceb24582016a\
        25d49d756932533d06301f0603551d23041830168014749ff326c6ceb24582016a25d49d75693253\
        3d06300f0603551d130101ff040530030101ff300a06082a8648ce3d04030203480030450221008b\
        7076b7eb1baef1bee2c325d2d5d73e8314e4c0974d0aacb6b0918896df5f3102200d1cb4ae942385\
        cb13a1dcb947a999d8f3c19ee389bb4c7ba5a2a021b67c6b19
        """
}
