import Mosquitto
import Rig
import Testing

@Suite struct MosquittoClientTests {
    private final class Heard: MosquittoEvents {
        var codes: [Int32] = []
        func connected(code: Int32, sessionPresent: Bool) { codes.append(code) }
    }

    /// The first packet of a connection that is answered with this one.
    private func greet(
        _ client: MosquittoClient, _ listener: Socket, answer: [UInt8]
    ) throws -> [UInt8] {
        try client.connect(
            host: "127.0.0.1", port: listener.port, keepAlive: 30, maximumPacket: 0x0102_0304,
            receiveMaximum: 0x0506)
        let connection = try #require(listener.accepted())
        try client.write()
        let packet = try #require(connection.receive())
        _ = connection.send(answer)
        while client.socket != nil, (try? client.read()) != nil {}
        return packet
    }

    /// MQTT 5 where the broker knows it, with our limits; else MQTT 3.1.1.
    @Test func bothVersionsAreSpoken() throws {
        let listener = try Socket.listening(port: 0)
        let client = try MosquittoClient(clientID: "gateway-1", cleanSession: false)
        let heard = Heard()
        client.events = heard
        let refusal: [UInt8] = [0x20, 2, 0, 1]
        let first = try greet(client, listener, answer: refusal)
        #expect(Array(first[2..<8]) == [0, 4] + Array("MQTT".utf8))
        #expect(first[8] == 5)
        // Not a clean start; the session expires never.
        #expect(first[9] & 2 == 0)
        for property: [UInt8] in [
            [0x11, 255, 255, 255, 255], [0x27, 1, 2, 3, 4], [0x21, 5, 6],
        ] {
            #expect(
                first.indices.contains { first[$0...].starts(with: property) }, "\(property)")
        }
        #expect(heard.codes.map(MosquittoClient.isVersionRefused) == [true])

        client.speaksMQTT5 = false
        let second = try greet(client, listener, answer: refusal)
        #expect(second[8] == 4)
        #expect(second[9] & 2 == 0)
        #expect(second.count < first.count)
    }
}
