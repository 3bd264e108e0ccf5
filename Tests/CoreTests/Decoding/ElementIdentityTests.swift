import Testing

/// Things of their own in one message are series of their own.
@Suite struct ElementIdentityTests {
    @Test(arguments: [
        (
            #"[{"ts":1715187895,"mac":"A1","temperature":21.5},{"ts":1715187895,"mac":"A2","temperature":4.5}]"#,
            [
                "temperature{mac=A1}=21.5 °C @1715187895000",
                "temperature{mac=A2}=4.5 °C @1715187895000",
            ]
        ),
        (
            #"[{"id":1,"ts":1715187895,"value":21.5},{"id":2,"ts":1715187895,"value":55.1}]"#,
            ["value{id=1}=21.5 @1715187895000", "value{id=2}=55.1 @1715187895000"]
        ),
        (
            #"{"w":[{"sensor":"a","ts":1715187895,"power":20},{"sensor":"b","ts":1715187896,"power":30}]}"#,
            [
                "w.power{sensor=a}=20 W @1715187895000", "w.power{sensor=b}=30 W @1715187896000",
            ]
        ),
        (
            #"[{"time":1715187895,"channel":1,"power":100}]"#,
            ["power{channel=1}=100 W @1715187895000"]
        ),
        // Nothing says that they are of different things.
        (
            #"[{"ts":1715187895,"power":1},{"ts":1715187896,"power":2,"channel":"x"}]"#,
            ["power=1 W @1715187895000", "power{channel=x}=2 W @1715187896000"]
        ),
        // Without times: by what they are, wherever in the list they stand.
        (
            #"{"registers":[{"address":101,"value":40}]}"#, ["registers.value{address=101}=40"]
        ),
        (
            #"{"phases":[{"name":"L1","voltage":230},{"name":"L2","voltage":231}]}"#,
            ["phases.voltage{name=L1}=230 V", "phases.voltage{name=L2}=231 V"]
        ),
        (
            #"{"data":[{"id":"urn:1","type":"Device","t":{"value":21.7}},{"id":"urn:2","type":"Device","t":{"value":3}}]}"#,
            ["data.t.value{id=urn:1}=21.7", "data.t.value{id=urn:2}=3"]
        ),
        // The same thing twice: the place tells, and so does the label.
        (
            #"{"a":[{"sensor":"s","x":1},{"sensor":"s","x":2}]}"#,
            ["a[0].x{sensor=s}=1", "a[1].x{sensor=s}=2"]
        ),
        (
            #"[{"device":"A","list":[{"device":"B","x":1}]}]"#,
            ["list.x{device=A,list.device=B}=1"]
        ),
        // A number alone is a reading, whatever it is called.
        (#"[{"ts":1715187895,"channel":5}]"#, ["channel=5 @1715187895000"]),
        (
            #"{"p":[{"type":"eim","readingTime":1715187895,"w":1},{"type":"inverters","readingTime":1715187895,"w":2}]}"#,
            ["p.w{type=eim}=1 @1715187895000", "p.w{type=inverters}=2 @1715187895000"]
        ),
    ])
    func labelsOfElements(payload: String, expected: [String]) {
        let found = described(payload)
        #expect(found.readings == expected)
        #expect(found.problems == "")
    }

    @Test(arguments: [
        // The quantity names the reading, the thing is a label.
        (
            #"[{"sensor":"s1","measurement":"temperature","value":21.5,"unit":"C"}]"#,
            ["temperature{sensor=s1}=21.5 °C"]
        ),
        (#"[{"name":"Boiler","parameter":"flow","value":60}]"#, ["flow{name=Boiler}=60"]),
        (#"[{"location":"Hall 1","flow":60}]"#, ["flow{location=Hall 1}=60"]),
        // Coordinates are no name.
        (#"[{"location":"52.5, 13.4","flow":60}]"#, ["[0].flow=60"]),
        (#"{"r":[{"device":"A","name":"tmp","value":2}]}"#, ["tmp{device=A}=2"]),
        (
            #"[{"metric":"load","value":0.5,"tags":{"host":"a"}}]"#, ["load{host=a}=0.5"]
        ),
        (
            #"[{"id":"29d90d3c-8d8f-4ee8-9b1c-0d6ce1ac6c2c","name":"a","value":1},{"id":7,"name":"b","value":2}]"#,
            ["a=1", "b=2"]
        ),
        (#"{"name":"level","value":21.5,"timestamp":1715187895}"#, ["level=21.5 @1715187895000"]),
        (
            #"{"NodeId":"s=P","EndpointUrl":"opc.tcp://x","Value":{"Value":1.5,"SourceTimestamp":"2024-05-08T17:04:55Z","StatusCode":{"Code":2147483648}}}"#,
            ["s=P{EndpointUrl=opc.tcp://x}=1.5 @1715187895000 bad"]
        ),
        // What stands beside the value is not lost.
        (
            #"{"n":"node1","v":3.3,"x":21.5,"y":true}"#,
            ["node1=3.3", "node1.x=21.5", "node1.y=true"]
        ),
        (
            #"{"s":[{"id":"A1","value":21.5,"unit":"bar","quality":192,"rssi":-70}]}"#,
            ["A1=21.5 bar", "A1.rssi=-70 dBm"]
        ),
        // SIMATIC S7 Connector, "Tags data".
        (
            #"{"vals":[{"id":"1","qc":3,"val":1},{"id":"2","qc":2,"val":2},{"id":"3","qc":1,"val":3},{"id":"4","qc":0,"val":4}]}"#,
            ["1=1", "2=2", "3=3 uncertain", "4=4 bad"]
        ),
    ])
    func pairs(payload: String, expected: [String]) {
        let found = described(payload)
        #expect(found.readings == expected)
        #expect(found.problems == "")
    }

    @Test(arguments: [
        (#"{"value":21.5,"unit":"bar","timestamp":1715187895}"#, ["value=21.5 bar @1715187895000"]),
        (
            #"{"value":21.5,"unit":"bar","q":192,"channel":3}"#,
            ["value=21.5 bar", "channel=3"]
        ),
        (#"{"time":1715187895,"level":2,"unit":"m"}"#, ["level=2 m @1715187895000"]),
        (#"{"value":1,"unit":"bar","q":false}"#, ["value=1 bar bad"]),
        // Of a signal, perhaps.
        (#"{"value":1,"quality":87}"#, ["value=1", "quality=87"]),
        // Whose of two it is, nobody knows.
        (#"{"a":1,"b":2,"unit":"bar"}"#, ["a=1", "b=2"]),
        (#"{"a":1,"b":2,"a_unit":"bar"}"#, ["a=1 bar", "b=2"]),
    ])
    func statedUnits(payload: String, expected: [String]) {
        #expect(described(payload).readings == expected)
    }

    @Test func aListIsWhatItsTopicSays() {
        #expect(
            described("[21.5,22.25]", topic: "a/tma").readings == ["tma[0]=21.5", "tma[1]=22.25"])
    }

    @Test(arguments: [#"{"a.b":1,"a":{"b":2},"c":3}"#, #"{"a":{"b":2},"a.b":1,"c":3}"#])
    func pathsThatComeTwice(payload: String) {
        let found = described(payload)
        #expect(found.readings == ["c=3"])
        #expect(found.problems.hasPrefix("a.b: comes twice"))
    }
}
