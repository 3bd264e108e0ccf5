internal import Core
internal import Gateway

extension FuzzTarget {
    /// A topic, a line end, a payload: whatever it may be, by the profiles that are shipped.
    static let automatic = FuzzTarget("automatic", maximumLength: 2_000, seeds: automaticSeeds) {
        bytes throws(Violation) in
        var input = FuzzInput(bytes)
        let topic = Array(input.until(0x0a))
        let payload = Array(input.rest())
        guard let first = decoded(topic, payload) else { return }
        try require(first == decoded(topic, payload), "another reading at the second time")
        for reading in first.readings {
            guard case .number(let number) = reading.value else { continue }
            try require(
                number.double.magnitude <= Number.largest, "\(reading.metric) is \(number)")
            try require(
                (reading.time ?? .epoch) <= .latest && (reading.time ?? .epoch) >= .epoch,
                "\(reading.metric) is of \(reading.time ?? .epoch)")
        }
    }

    /// A profile's text.
    static let profile = FuzzTarget("profile", maximumLength: 2_000, seeds: profileSeeds) {
        bytes throws(Violation) in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let profile = try ProfileReader.read(text: text, file: "p.yaml")
            try require(
                (try? ProfileReader.read(text: text, file: "p.yaml")) == profile,
                "another profile at the second reading")
        } catch let mistakes as Mistakes {
            try require(!mistakes.list.isEmpty, "refused without a reason")
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("\(error)")
        }
    }

    private static func decoded(_ topic: [UInt8], _ payload: [UInt8]) -> Decoded? {
        var decoder = AutomaticDecoder(profiles: DeviceProfiles.shipped)
        return try? decoder.decode(
            topic: topic, payload: payload.span, now: Timestamp(microseconds: 1_700_000_000_000_000)
        )
    }

    private static var automaticSeeds: [FuzzSeed] {
        func seed(_ name: String, _ topic: String, _ payload: String) -> FuzzSeed {
            FuzzSeed(name, "\(topic)\n\(payload)")
        }
        return [
            seed("number", "plant/1/t", " 21.5\n"), seed("state", "plant/1/state", "RUN"),
            seed("unit", "a/b", "21.5 °C"), seed("flag", "a/b", "true"),
            seed("flat", "a/b", #"{"ts":1700000000123,"temperature":21.5,"ok":true,"x":null}"#),
            seed("nested", "a", #"{"m":{"t":[1,2,{"v":3}]},"time":"2024-03-01T10:00:00.5Z"}"#),
            seed("pairs", "k", #"[{"tagname":"a b","timestamp":1700000000,"value":1,"q":192}]"#),
            seed("twice", "a", #"{"a":1,"a":2,"b":1e999}"#),
            seed("values", "v1/devices/me/telemetry", #"{"ts":1700000000000,"values":{"a":"7"}}"#),
            seed(
                "senml", "s",
                #"[{"bn":"urn:x:","bt":1.7e9,"bu":"V","v":1},{"n":"i","t":-5,"vb":true}]"#),
            seed(
                "opcua", "o",
                #"{"MessageType":"ua-data","Messages":[{"Payload":{"a":{"Value":1,"StatusCode":2147483648}}}]}"#
            ),
            seed(
                "telegraf", "t",
                #"{"fields":{"a":1},"name":"m","tags":{"h":"x"},"timestamp":1700000000}"#),
            seed("tasmota", "tele/d/SENSOR", #"{"AM2301":{"Temperature":70},"TempUnit":"F"}"#),
            seed("shelly", "shellies/d/relay/0", "on"),
            seed(
                "lorawan", "x",
                #"{"devEUI":"a","fPort":1,"objectJSON":"{\"t\":1,\"h\":\"40 %\"}"}"#),
            seed("codec", "x", #"{"deviceInfo":{},"fPort":1,"data":"AA=="}"#),
            seed("teltonika", "router", #"{"NAME":"T","DATA":"[215]","TIME":"1700000000"}"#),
            seed("influx", "i", "m,a=b f=1i,g=t 1700000000000000000"),
            seed("ultralight", "/ul/k/d/attrs", "t|15|k|abc"),
            seed("collectd", "collectd/h/cpu/idle", "1700000000.5:98.5:U\0"),
            seed("smartrest", "s/us", "200,c8y_T,T,25"),
            FuzzSeed(
                "cbor", Array("c\n".utf8) + [0xa1, 0x61, 0x61, 0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]),
            FuzzSeed(
                "messagepack", Array("p\n".utf8) + [0x81, 0xa1, 0x61, 0xca, 0x3f, 0x80, 0, 0]),
            FuzzSeed(
                "sparkplug",
                Array("spBv1.0/g/NBIRTH/n\n".utf8)
                    + [0x12, 9, 0x0a, 1, 0x74, 0x10, 7, 0x20, 3, 0x50, 20, 0x18, 0]),
        ]
    }

    private static var profileSeeds: [FuzzSeed] {
        [
            FuzzSeed("least", "profile: x\nrules: []"),
            FuzzSeed(
                "most",
                """
                profile: x
                rules:
                  - topics: ["a/{b}/c", "#"]
                    keys: [k]
                    readings: [$.a, "$['b c'][0]"]
                    time: $.t
                    without: nothing
                    pair: {name: n, value: v}
                    skip: [a*, "b.*c"]
                    units: {"t*": °C}
                    unit_members: {t: u}
                    counters: total
                    states: {s: {"ON": 1}}
                  - topics: [x]
                    payload: none
                    metric: "{b}"
                """),
            FuzzSeed("anchors", "profile: &a x\nrules:\n  - topics: [*a]\n    units: &u {a: b}"),
        ]
    }
}
