import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct DayMoneyTests {
    private struct Till {
        let counter: CheckoutCounter
        let zone: VenueZone

        var now: Timestamp { counter.cafe.clock.now }

        func money() throws -> DayMoney {
            let now = now.adding(milliseconds: 1)
            return try DayMoneyRepository(database: counter.database).money(
                in: zone.businessDay(until: now), day: zone.businessDate(of: now))
        }

        func refund(_ order: Order, _ minor: Int64) async throws {
            _ = try await RefundOrder(
                database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))(
                    .init(orderID: order.id, scope: .amount(minor: minor), reason: "Cold", restocks: false),
                    by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        }

        func fail(_ id: String) async throws {
            counter.stripe.setRefund(id, "failed")
            let refund = try await counter.stripe.client.retrieveRefund(id)
            _ = try await counter.database.write { try RefundSettlementRepository(ids: .live).apply(refund, in: $0) }
        }

        func dispute(_ status: String, _ minor: Int64) async throws {
            counter.stripe.dispute("pi_cs_test_1", minor: minor, status: status, id: "du_1")
            let dispute = try await counter.stripe.client.retrieveDispute("du_1")
            _ = try await counter.database.write { try DisputeRepository(ids: .live).apply(dispute, in: $0) }
        }

        var ledger: Int64? {
            get throws { try counter.database.first("SELECT SUM(amount_minor) AS n FROM payments")?.int("n") }
        }
    }

    private func till() async throws -> Till {
        let counter = try await CheckoutCounter.open()
        return Till(counter: counter, zone: try VenueRepository(database: counter.database).venue().timeZone)
    }

    @Test func `the lines of a day add up to its ledger`() async throws {
        let till = try await till()
        let plain = try await till.counter.plainOrder().order
        let full = try await till.counter.fullOrder().order
        try await till.refund(full, 500)
        try await till.refund(full, 100)
        try await till.fail("re_2")
        try await till.dispute("needs_response", plain.totals.totalMinor)
        let open = try till.money()
        #expect(open.sales.grossMinor == plain.totals.subtotalMinor + full.totals.subtotalMinor)
        #expect(open.sales.tipMinor == 150)
        #expect(open.sales.totalMinor == open.chargedMinor)
        #expect(open.refundedMinor == 500)
        let parts = try #require(try till.counter.orders.detail(full.id)?.refunds.first?.parts)
        #expect(parts.taxMinor > 0 && parts.tipMinor > 0)
        #expect([open.refundedTaxMinor, open.refundedTipMinor] == [parts.taxMinor, parts.tipMinor])
        #expect(open.disputedMinor == plain.totals.totalMinor)
        #expect(open.netMinor == (try till.ledger))
        try await till.dispute("won", plain.totals.totalMinor)
        #expect(try till.money().wonMinor == plain.totals.totalMinor)
        #expect(try till.money().netMinor == (try till.ledger))
    }

    @Test func `money belongs to the day on which it moves, also after midnight and of an order that was never served`()
        async throws
    {
        let till = try await till()
        let order = try await till.counter.place()(CheckoutCounter.request()).order
        try await till.counter.database.write { transaction in
            try SettlementRepository(ids: .live).expireOrder(order.id, in: transaction)
            try transaction.execute("UPDATE menu_items SET stock_count = 0 WHERE id = \(CafeFixture.flatWhite)")
            try transaction.execute("UPDATE order_lines SET reserved_stock = quantity")
        }
        till.counter.stripe.pay("cs_test_1")
        try await till.counter.settle(orderID: order.id)
        #expect(try till.money().chargedMinor == order.totals.totalMinor)
        #expect(try till.money().sales.totalMinor == order.totals.totalMinor)
        let friday = try till.money()
        // To the last moment of the business day, and past it.
        let end = till.zone.endOfBusinessDay(at: till.now)
        till.counter.cafe.clock.advance(seconds: (end.milliseconds - till.now.milliseconds) / 1000 - 1)
        #expect(try till.money() == friday)
        till.counter.cafe.clock.advance(seconds: 2)
        #expect(try till.money() == DayMoney())
    }

    @Test func `a day's money is found by the index of the ledger, and its orders by their ids`() async throws {
        let till = try await till()
        let plan = try till.counter.database.read { transaction in
            try transaction.rows(
                """
                EXPLAIN QUERY PLAN SELECT SUM(o.subtotal_minor) FROM payments p JOIN orders o ON o.id = p.order_id
                WHERE p.at_ms >= 1 AND p.at_ms < 2 AND p.kind = 'charge'
                """
            ).map { try $0.text("detail") }
        }
        #expect(
            plan.contains { $0.hasPrefix("SEARCH p USING INDEX payments_by_time (at_ms>? AND at_ms<?)") }, "\(plan)")
        #expect(plan.contains { $0.hasPrefix("SEARCH o USING INDEX sqlite_autoindex_orders_1") }, "\(plan)")
    }
}
