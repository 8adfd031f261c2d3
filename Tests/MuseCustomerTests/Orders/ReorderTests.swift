import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct ReorderTests {
    private func again(
        _ counter: CheckoutCounter, _ id: String, into cart: Cart = Cart()
    ) throws -> ReorderCart.Outcome {
        let menu = try MenuRepository(database: counter.database).published()
        return ReorderCart(menu: menu)(try #require(try counter.orders.detail(id)).lines, into: cart)
    }

    private func change(_ counter: CheckoutCounter, _ script: String) async throws {
        try await counter.database.write { try $0.executeScript(script) }
    }

    @Test func `the same comes into the cart, beside what is in it`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.fullOrder().order.id
        var cart = Cart()
        try cart.add(Cart.Line(itemID: "croissant", quantity: 1, options: [], note: "", seenUnitMinor: 325))
        let outcome = try again(counter, id, into: cart)
        #expect(outcome.added == 3 && outcome.missing.isEmpty && outcome.changed.isEmpty)
        #expect(outcome.cart.lines.map(\.quantity) == [2, 2])
        #expect(outcome.cart.lines.last?.note == "Extra hot")
        #expect(outcome.flash.text == "3 items are in your cart again.")
    }

    @Test func `today's price counts, and the cart says what it was`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.fullOrder().order.id
        try await change(counter, "UPDATE menu_items SET price_minor = 395 WHERE id = 'croissant'")
        let outcome = try again(counter, id)
        #expect(outcome.changed == ["Croissant costs $3.95 now"])
        #expect(outcome.cart.lines.last?.seenUnitMinor == 325)
    }

    @Test func `what is sold out, gone, or must be chosen anew is told and left out`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.fullOrder().order.id
        try await change(counter, "UPDATE menu_items SET is_sold_out = 1 WHERE id = 'croissant'")
        #expect(try again(counter, id).missing == ["Croissant (sold out)"])
        try await change(counter, "UPDATE menu_items SET archived_at_ms = 1 WHERE id = 'croissant'")
        #expect(try again(counter, id).missing == ["Croissant (no longer on the menu)"])
        try await change(counter, "UPDATE modifier_options SET is_sold_out = 1 WHERE id = 'oat-milk'")
        let outcome = try again(counter, id)
        #expect(outcome.missing.first == "Flat white (its choices have changed)")
        #expect(outcome.flash.text.hasPrefix("Nothing of that order can be had now."))
    }

    @Test func `an extra that is gone is left out by name`() async throws {
        let counter = try await CheckoutCounter.open()
        let id = try await counter.fullOrder().order.id
        try await change(counter, "UPDATE modifier_options SET is_sold_out = 1 WHERE id = 'shot'")
        let outcome = try again(counter, id)
        #expect(outcome.changed == ["Flat white without extra shot"])
        #expect(outcome.cart.lines.first?.options == [.init(id: "oat-milk", quantity: 1)])
    }

    @Test func `one tap fills the browser's cart, for who has the link`() async throws {
        let site = try await GuestSite.open()
        let counter = CheckoutCounter(cafe: site.cafe)
        let order = try await counter.fullOrder().order
        let token = site.program.counter.links.token(for: order.id).text
        try await site.visit { visitor in
            let answer = try await visitor.post("/orders/\(order.id)/reorder", form: "token=\(token)")
            #expect(answer.status == .seeOther && answer.headers[.location] == "/cart")
            #expect(Cart(cookieValue: answer.cart ?? "").count == 3)
            let stranger = try await visitor.post("/orders/\(order.id)/reorder", form: "token=x")
            #expect(stranger.status == .notFound && stranger.cart == nil)
        }
    }
}
