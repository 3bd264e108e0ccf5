internal import Receiver
internal import Testing

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8443", "127.0.0.1", 8_443), ("[::1]:0", "::1", 0),
        ("localhost:1", "localhost", 1),
    ])
    func reads(_ text: String, _ host: String, _ port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host && address.port == port)
    }

    @Test(arguments: ["", "8443", ":8443", "host:", "host:65536", "::1:8443", "host:-1"])
    func refuses(_ text: String) { #expect(ListenAddress(text) == nil) }
}
