import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct RestockPortionsTests {
    private struct Shelf {
        let counter: CheckoutCounter
        let detail: OrderDetail

        func put(_ quantity: Int64, line: Int = 0) async throws {
            try await RestockPortions(database: counter.database)(
                .init(
                    orderID: detail.order.id, portions: [.init(lineID: detail.lines[line].id, quantity: quantity)],
                    staffID: CafeFixture.barista))
        }

        func refund(_ scope: RefundOrder.Scope) async throws {
            _ = try await RefundOrder(
                database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))(
                    .init(orderID: detail.order.id, scope: scope, reason: "Cold", restocks: true),
                    by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        }

        var soups: Int64? {
            get throws {
                try counter.database.first("SELECT stock_count AS n FROM menu_items WHERE id = 'soup'")?.int("n")
            }
        }
    }

    /// Three soups, of which none is left then.
    private func shelf() async throws -> Shelf {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(
            CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup, 3), CheckoutCounter.flatWhite()])
        ).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        return Shelf(counter: counter, detail: try #require(try counter.orders.detail(order.id)))
    }

    @Test func `after the money went back as an amount, portions go back on the shelf, each once`() async throws {
        let shelf = try await shelf()
        try await shelf.refund(.amount(minor: shelf.detail.order.totals.totalMinor))
        try await shelf.put(2)
        #expect(try shelf.soups == 2)
        await #expect(throws: RestockPortions.Refusal.self) { try await shelf.put(2) }
        try await shelf.put(1)
        #expect(try shelf.soups == 3)
        _ = try await shelf.counter.move(shelf.detail.order.id, to: .cancelled)
        #expect(try shelf.soups == 3)
        #expect(shelf.counter.stripe.refunds.count == 1)
        let logged = try shelf.counter.database.first(
            "SELECT COUNT(*) AS n FROM action_log WHERE action = 'order.restocked'")
        #expect(try logged?.int("n") == 2)
    }

    @Test func `portions that a refund has restocked don't go back again`() async throws {
        let shelf = try await shelf()
        try await shelf.refund(.portions([.init(lineID: shelf.detail.lines[0].id, quantity: 2)]))
        await #expect(throws: RestockPortions.Refusal.self) { try await shelf.put(2) }
        try await shelf.put(1)
        #expect(try shelf.soups == 3)
    }

    @Test func `what is not counted, not chosen or not paid does not go back`() async throws {
        let shelf = try await shelf()
        await #expect(throws: RestockPortions.Refusal.self) { try await shelf.put(1, line: 1) }
        await #expect(throws: RestockPortions.Refusal.self) { try await shelf.put(0) }
        let waiting = try await shelf.counter.fullOrder(isPaid: false)
        await #expect(throws: RestockPortions.Refusal.self) {
            try await RestockPortions(database: shelf.counter.database)(
                .init(
                    orderID: waiting.order.id, portions: [.init(lineID: waiting.lines[0].id, quantity: 1)],
                    staffID: CafeFixture.barista))
        }
    }
}
