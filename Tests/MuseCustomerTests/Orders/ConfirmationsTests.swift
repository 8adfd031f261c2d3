import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct ConfirmationsTests {
    @Test func `one order is asked about once in two seconds, others are not held up`() {
        let clock = TestClock()
        let confirmations = Confirmations(clock: WallClock { clock.now })
        #expect(confirmations.mayAsk("a"))
        #expect(!confirmations.mayAsk("a"))
        #expect(confirmations.mayAsk("b"))
        clock.advance(seconds: 2)
        #expect(confirmations.mayAsk("a"))
    }
}
