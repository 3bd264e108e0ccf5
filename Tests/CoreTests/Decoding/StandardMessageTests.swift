import Testing

/// SenML and OPC UA PubSub, recognised by what they look like.
@Suite struct StandardMessageTests {
    /// RFC 8428, section 4.1; draft-jennings-senml-10, section 4.
    @Test(arguments: [
        (
            #"[{"bn":"m:","bs":100,"bt":1715187895,"n":"e","s":5},{"n":"f","s":6}]"#,
            ["m:e=105 @1715187895000", "m:f=106 @1715187895000"]
        ),
        (
            #"{"e":[{"n":"a","v":1,"t":5},{"n":"b","bv":true}],"bn":"x/","bt":1715187895,"bu":"Cel"}"#,
            ["x/a=1 Cel @1715187900000", "x/b=true Cel @1715187895000"]
        ),
    ])
    func senML(payload: String, expected: [String]) {
        let found = described(payload)
        #expect(found.readings == expected)
        #expect(found.problems == "")
    }

    private static func opc(_ fields: String) -> String {
        #"{"MessageType":"ua-data","Messages":[{"DataSetWriterId":7,"Payload":{\#(fields)}}]}"#
    }

    @Test(arguments: [
        (opc(#""T":{"Type":11,"Body":21.5}"#), ["T{writer=7}=21.5"], ""),
        (
            opc(#""B":{"Value":{"Type":1,"Body":true},"StatusCode":{"Code":2147483648}}"#),
            ["B{writer=7}=true bad"], ""
        ),
        (
            opc(#""A":{"Value":["1","2"]},"F":[true,null,false]"#),
            [
                "A[0]{writer=7}=1", "A[1]{writer=7}=2", "F[0]{writer=7}=true",
                "F[2]{writer=7}=false",
            ],
            ""
        ),
        (opc(#""I":"9223372036854775807""#), ["I{writer=7}=9223372036854775807"], ""),
        (opc(#""X":{"Value":"NaN"},"T":1"#), ["T{writer=7}=1"], "X: NaN is no number"),
        (
            #"{"MessageType":"ua-data","Messages":{"DataSetWriterId":7,"Payload":{"T":1}}}"#,
            ["T{writer=7}=1"], ""
        ),
        // Without the network message's header.
        (
            #"[{"DataSetWriterId":7,"Timestamp":1715187895,"Payload":{"T":1}},{"DataSetWriterId":8,"Payload":{"T":2}}]"#,
            ["T{writer=7}=1 @1715187895000", "T{writer=8}=2"], ""
        ),
    ])
    func opcUA(payload: String, expected: [String], problems: String) {
        let found = described(payload)
        #expect(found.readings == expected)
        #expect(found.problems == problems)
    }
}
