import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct ConfirmationsTests {
    @Test func `reloading while a payment is being confirmed asks Stripe at most every two seconds`() {
        let clock = TestClock()
        let confirmations = Confirmations(clock: WallClock { clock.now })
        #expect(confirmations.mayAsk("order-1"))
        for _ in 0..<5 { #expect(!confirmations.mayAsk("order-1")) }
        #expect(confirmations.mayAsk("order-2"))
        clock.advance(seconds: 1)
        #expect(!confirmations.mayAsk("order-1"))
        clock.advance(seconds: 1)
        #expect(confirmations.mayAsk("order-1"))
        #expect(!confirmations.mayAsk("order-1"))
    }
}
