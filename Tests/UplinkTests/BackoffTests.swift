import Core
import Testing

@Suite struct BackoffTests {
    @Test func staysWithinItsBoundsHoweverOftenItFails() {
        var backoff = Backoff(base: 500_000, maximum: 30_000_000)
        var generator = SystemRandomNumberGenerator()
        for attempt in 0..<200 {
            let bound = attempt < 6 ? 500_000 << attempt : 30_000_000
            let wait = backoff.failed(using: &generator)
            #expect((0...Int64(bound)).contains(wait))
        }
        backoff.succeeded()
        let first = backoff.failed(using: &generator)
        #expect((0...500_000).contains(first))
    }
}
