import Core
import Gateway
import Testing

/// Messages that are like those of DevicePayloadTests, and unlike.
@Suite struct ShippedProfileTests {
    /// Each value of a device is a series of its own.
    @Test(arguments: [
        (
            "shellies/s25/relay/1/power", "45.6",
            ["power=45.6 W device=s25,component=relay,channel=1"]
        ),
        (
            "shellies/s1/ext_temperature/0", "47.5",
            ["ext_temperature=47.5 °C device=s1,component=ext_temperature,channel=0"]
        ),
        (
            "shellies/s1/ext_temperature_f/1", "117.5",
            ["ext_temperature_f=117.5 °F device=s1,component=ext_temperature_f,channel=1"]
        ),
        ("shellies/s1/input/0", "0", ["input=0 - device=s1,component=input,channel=0"]),
        ("shellies/s25/roller/0/pos", "55", ["pos=55 - device=s25,component=roller,channel=0"]),
        (
            "N/p/grid/30/Ac/L2/Power", #"{"value": -20.5}"#,
            ["value=-20.5 W portal=p,service=grid,instance=30,path=Ac/L2/Power"]
        ),
        (
            "N/p/grid/30/Ac/Energy/Forward", #"{"value": 1.5}"#,
            ["value=1.5 kWh portal=p,service=grid,instance=30,path=Ac/Energy/Forward"]
        ),
        (
            "N/p/vebus/2/Alarms/HighTemperature", #"{"value": 0}"#,
            ["value=0 - portal=p,service=vebus,instance=2,path=Alarms/HighTemperature"]
        ),
        (
            "kitchen/climate/ac/target_temperature/state", "20",
            [
                "target_temperature=20 °C "
                    + "device=kitchen,climate=ac,quantity=target_temperature"
            ]
        ),
        (
            "esphome/house/sensor/temp/state", "21.5",
            ["temp=21.5 - prefix=esphome,device=house,sensor=temp"]
        ),
        (
            "rtl_433/h/events", #"{"model":"A","id":7,"channel":"B","temperature_C":3.5}"#,
            ["temperature_C=3.5 °C receiver=h,model=A,id=7,channel=B"]
        ),
        (
            "x", #"{"time":"@1s","model":"A","id":7,"mic":"CRC","battery_ok":1}"#,
            ["battery_ok=1 - model=A,id=7"]
        ),
        (
            "rtl_433/h/devices/A/7/temperature_C", "3.5",
            ["temperature_C=3.5 °C receiver=h,model=A,id=7"]
        ),
        (
            "r", #"[{"NAME":"T","DATA":"[215]"},{"NAME":"T","SERVER_NAME":"b","DATA":"[55]"}]"#,
            ["T=215 - ", "T=55 - server=b"]
        ),
        (
            "n", #"{"node":"p","group":"g","timestamp":1,"tags":[{"name":"t","value":2}]}"#,
            ["t=2 - node=p,group=g"]
        ),
        ("/k/dev/attrs", #"{"t": 15.5}"#, ["t=15.5 - key=k,device=dev"]),
        ("/k/dev/attrs", "t|15.5", ["t=15.5 - key=k,device=dev"]),
        (
            "zigbee2mqtt/house/hall/plug", #"{"energy": 3.1, "produced_energy": 1}"#,
            [
                "energy=3.1 kWh area=house,group=hall,device=plug counter",
                "produced_energy=1 kWh area=house,group=hall,device=plug counter",
            ]
        ),
    ])
    func theDevicesThatSpeak(topic: String, payload: String, expected: [String]) {
        #expect(decoded(topic, payload) == expected)
    }

    @Test(arguments: [
        (
            "p/status/emdata:0", #"{"id":0,"a_total_act_energy":2,"total_act":3}"#,
            [
                "a_total_act_energy=2 Wh device=p,component=emdata:0 counter",
                "total_act=3 Wh device=p,component=emdata:0 counter",
            ]
        ),
        (
            "a/p/status/input:2", #"{"id":2,"counts":{"total":7,"by_minute":[1]},"last_ts":9}"#,
            [
                "counts.total=7 - prefix=a,device=p,component=input:2 counter",
                "counts.by_minute[0]=1 - prefix=a,device=p,component=input:2",
            ]
        ),
        (
            "p/events/rpc",
            #"{"src":"p","method":"NotifyStatus","params":{"dev:1":{"id":1,"rssi":-6,"packet_id":5}}}"#,
            ["dev:1.rssi=-6 dBm device=p"]
        ),
        (
            "home/kitchen/tele/SENSOR", #"{"AM":{"Temperature":71.5},"TempUnit":"F"}"#,
            ["AM.Temperature=71.5 °F prefix=home,device=kitchen"]
        ),
        (
            "tasmota/tele/plug/SENSOR", #"{"ENERGY":{"Total":12.5},"Switch1":"ON"}"#,
            [
                "ENERGY.Total=12.5 kWh prefix=tasmota,device=plug counter",
                "Switch1=1 - prefix=tasmota,device=plug",
            ]
        ),
        (
            "stat/th/STATUS10", #"{"StatusSNS":{"AM":{"Temperature":21},"TempUnit":"C"}}"#,
            ["AM.Temperature=21 °C device=th"]
        ),
        ("stat/th/POWER2", "ON", ["POWER2=1 - device=th"]),
        (
            "application/1/device/d/event/status",
            #"{"deviceInfo":{},"margin":8,"batteryLevelUnavailable":false,"batteryLevel":75.5}"#,
            [
                "margin=8 dB application=1,device=d",
                "batteryLevel=75.5 % application=1,device=d",
            ]
        ),
        (
            "i", #"{"code":"event","cid":1,"data":{"payload":{"/a":{"code":200,"data":5}}}}"#,
            ["/a.data=5 - "]
        ),
    ])
    func theirUnitsAndCounters(topic: String, payload: String, expected: [String]) {
        #expect(decoded(topic, payload) == expected)
    }

    /// What only looks like a device of a profile.
    @Test(arguments: [
        (
            "p", #"{"timestamp":1715187895,"battery":88,"values":{"temp":21.5}}"#,
            ["battery=88 % ", "temp=21.5 °C "]
        ),
        (
            "p", #"{"timestamp":1715187895,"values":[{"name":"temp","value":2}]}"#,
            ["temp=2 °C "]
        ),
        // KEPServerEX.
        (
            "p", #"{"timestamp":1715187895,"values":[{"id":"A.B.T","v":2,"q":true,"t":0}]}"#,
            ["A.B.T=2 - "]
        ),
        ("stat/boiler/temperature", "55.5", ["temperature=55.5 - "]),
        ("stat/meter/POWER", "512", ["POWER=512 - device=meter"]),
    ])
    func whatOthersSend(topic: String, payload: String, expected: [String]) {
        #expect(decoded(topic, payload) == expected)
    }

    @Test(arguments: [
        ("zigbee2mqtt/kitchen/lamp/set", #"{"brightness": 120}"#),
        ("zigbee2mqtt/kitchen/lamp/availability", #"{"state": "online"}"#),
        ("homie/5/d/$state", "ready"), ("homie/5/d/$description", #"{"version": 5}"#),
        ("homie/5/d/n/p/set", "22"), ("homeassistant/sensor/x/config", #"{"qos": 0}"#),
        ("homeassistant/sensor/a/b/config", #"{"qos": 0}"#), ("stat/x/RESULT", #"{"Dimmer": 5}"#),
        ("p/events/rpc", #"{"src":"p","method":"NotifyEvent","params":{"events":[{"id":0}]}}"#),
        (
            "application/1/device/d/event/status",
            #"{"deviceInfo":{},"batteryLevelUnavailable":true,"batteryLevel":0}"#
        ),
    ])
    func nothingToStore(topic: String, payload: String) {
        #expect(decoded(topic, payload) == [])
    }

    @Test(arguments: [
        (
            "/neuron/m/p/g",
            #"{"node":"p","group":"g","timestamp":1,"values":{"t":2},"errors":{"u":3002}}"#,
            ["t=2 - app=m,node=p,group=g", "! u: error 3002, and no value"]
        ),
        (
            "n", #"{"node":"p","group":"g","timestamp":1,"values":{},"errors":{"u":3002}}"#,
            ["! u: error 3002, and no value"]
        ),
        // Bytes that look like a number.
        (
            "i", #"{"code":"event","cid":1,"data":{"payload":{"/p/pdin":{"data":"12E4"}}}}"#,
            ["! no number in it"]
        ),
    ])
    func whatHasNoValueIsSaid(topic: String, payload: String, expected: [String]) {
        #expect(decoded(topic, payload) == expected)
    }

    @Test func aRuleOfAList() throws {
        let own = try ProfileReader.read(
            text: """
                profile: own
                rules:
                  - topics: ["plant/{line}/#"]
                    keys: [$.head.at, data]
                    unless: [$.head.test]
                    readings: $.data
                    time: $.head.at
                    labels: {line: $.head.line, serial: $.head.serial}
                    rest: path
                    units: {temp: none}
                """, file: "own.yaml")
        #expect(
            decoded(
                "plant/1/a/b",
                #"[{"head":{"at":0,"line":2,"serial":7},"data":{"temp":3}},{"head":{"at":0},"data":{}}]"#,
                by: [own]) == ["temp=3 - line=1,path=a/b,serial=7", "! [1]: no number in it"])
        // Not the rule's.
        #expect(
            decoded("plant/1/a", #"{"head":{"at":0,"test":true},"data":{"temp":3}}"#, by: [own])
                .contains("data.temp=3 °C "))
    }
}
