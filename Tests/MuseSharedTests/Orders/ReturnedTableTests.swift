import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct ReturnedTableTests {
    @Test func `each refund says what it is for, and the rest is what was paid in the end`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(
            CheckoutCounter.request(
                [CheckoutCounter.flatWhite(2), CheckoutCounter.line(CafeFixture.croissant)], tip: 150)
        ).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        let zone = try VenueRepository(database: counter.database).venue().timeZone
        let refund = RefundOrder(
            database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))
        let paid = try #require(try counter.orders.detail(order.id))
        #expect(ReturnedTable(paid, zone: zone) == nil)
        for (line, quantity) in [(paid.lines[0], Int64(1)), (paid.lines[1], 1), (paid.lines[0], 1)] {
            _ = try await refund(
                .init(
                    orderID: order.id, scope: .portions([.init(lineID: line.id, quantity: quantity)]), reason: "Cold",
                    restocks: false),
                by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        }
        let refunded = try #require(try counter.orders.detail(order.id))
        let table = try #require(ReturnedTable(refunded, zone: zone))
        #expect(table.returned.map(\.label) == ["Given back", "Given back", "Given back"])
        // $4.80 and its tax of $0.35; $3.25 and $0.23; the last takes the tip.
        #expect(table.returned.map(\.amount) == ["−$5.14", "−$3.49", "−$6.65"])
        let words = table.returned.map(\.explanation)
        #expect(words[0].hasSuffix(", 1 Flat white"))
        #expect(words[1].hasSuffix(", 1 Croissant"))
        #expect(words[2].hasSuffix(", 1 Flat white, tip of $1.50"))
        #expect(table.keptAmount == "$0.00")
    }

    @Test func `a refund that failed has not gone back`() async throws {
        let counter = try await CheckoutCounter.open()
        let plain = try await counter.plainOrder()
        let zone = try VenueRepository(database: counter.database).venue().timeZone
        func detail(_ states: [String]) -> OrderDetail {
            let refunds = states.map {
                OrderRefund(id: $0, amountMinor: 100, reason: "Cold", state: $0, createdAt: plain.order.placedAt)
            }
            return OrderDetail(order: plain.order, lines: plain.lines, events: [], refunds: refunds)
        }
        #expect(ReturnedTable(detail(["failed"]), zone: zone) == nil)
        let table = try #require(ReturnedTable(detail(["failed", "pending"]), zone: zone))
        #expect(table.returned.map(\.label) == ["On its way back"])
        #expect(table.keptAmount == "$4.15")
    }
}
