import Testing

@testable import MuseCustomer

struct ConfirmationsTests {
    @Test func `reloading while a payment is being confirmed doesn't ask Stripe each time`() {
        let confirmations = Confirmations(pause: .seconds(3600))
        #expect(confirmations.mayAsk("order-1"))
        for _ in 0..<5 { #expect(!confirmations.mayAsk("order-1")) }
        #expect(confirmations.mayAsk("order-2"))
    }

    @Test func `after the pause it may be asked again`() {
        let confirmations = Confirmations(pause: .zero)
        #expect(confirmations.mayAsk("order-1"))
        #expect(confirmations.mayAsk("order-1"))
    }
}
