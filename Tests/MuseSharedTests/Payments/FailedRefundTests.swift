import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct FailedRefundTests {
    private struct Till {
        let counter: CheckoutCounter
        let order: Order

        var work: FailedRefundRepository { FailedRefundRepository(database: counter.database) }
        var total: Int64 { order.totals.totalMinor }

        @discardableResult
        func refund(_ minor: Int64) async throws -> RefundOrder.Issued {
            try await RefundOrder(
                database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))(
                    .init(orderID: order.id, scope: .amount(minor: minor), reason: "Cold", restocks: false),
                    by: .init(staffID: CafeFixture.barista, idempotencyKey: IDSource.live.next()))
        }

        /// The bank sends it back.
        func fail(_ id: String) async throws {
            counter.stripe.setRefund(id, "failed")
            let refund = try await counter.stripe.client.retrieveRefund(id)
            _ = try await counter.database.write { try RefundSettlementRepository(ids: .live).apply(refund, in: $0) }
        }

        func listed() throws -> [String] {
            var filter = OrderRepository.Filter()
            filter.needsRefund = true
            return try counter.orders.list(filter, limit: 10).map(\.id)
        }

        func letters(_ template: String) throws -> Int64? {
            try counter.database.first("SELECT COUNT(*) AS n FROM emails WHERE template = \(template)")?.int("n")
        }
    }

    private func till() async throws -> Till {
        let counter = try await CheckoutCounter.open()
        return Till(counter: counter, order: try await counter.plainOrder().order)
    }

    @Test func `a refund that the bank sends back is listed, and the guest is told once`() async throws {
        let till = try await till()
        _ = try await till.counter.plainOrder()
        try await till.refund(200)
        #expect(try till.work.orders() == 0)
        for _ in 0..<2 { try await till.fail("re_1") }
        #expect(try till.work.orders() == 1)
        #expect(try till.listed() == [till.order.id])
        #expect(try till.letters("refund-failed") == 1)
    }

    @Test func `another refund of as much makes it good, one of less does not`() async throws {
        let till = try await till()
        try await till.refund(200)
        try await till.fail("re_1")
        try await till.refund(199)
        #expect(try till.work.orders() == 1)
        try await till.refund(200)
        #expect(try till.work.orders() == 0)
        try await till.fail("re_3")
        #expect(try till.work.orders() == 1)
        // Several that together leave nothing.
        try await till.refund(199)
        try await till.refund(till.total - 398)
        #expect(try till.work.orders() == 0)
    }

    @Test func `a refund made at Stripe's dashboard makes it good too`() async throws {
        let till = try await till()
        try await till.refund(200)
        try await till.fail("re_1")
        let id = till.counter.stripe.refundAtStripe("pi_cs_test_1", minor: 200)
        let refund = try await till.counter.stripe.client.retrieveRefund(id)
        _ = try await till.counter.database.write { try RefundSettlementRepository(ids: .live).apply(refund, in: $0) }
        #expect(try till.work.orders() == 0)
    }

    @Test func `a refusal is told to whoever asked, and to the guest if it was a cancellation`() async throws {
        let till = try await till()
        till.counter.stripe.refundFate = .refused("Your balance is too low.")
        _ = try? await till.refund(200)
        #expect(try till.work.orders() == 1)
        #expect(try till.letters("refund-failed") == 0)
        _ = try await till.counter.move(till.order.id, to: .cancelled)
        #expect(try till.work.orders() == 0)
        let issue = IssueRefunds(
            database: till.counter.database, stripe: till.counter.stripe.client, logger: Logger(label: "test"))
        try await issue()
        #expect(try till.work.orders() == 1)
        #expect(try till.letters("refund-failed") == 1)
    }

    @Test func `what was returned in another way is noted once, with who and how`() async throws {
        let till = try await till()
        let handle = NoteRefundHandled(database: till.counter.database)
        let request = NoteRefundHandled.Request(
            orderID: till.order.id, note: "In cash", staffID: CafeFixture.barista)
        await #expect(throws: NoteRefundHandled.Refusal.self) { try await handle(request) }
        try await till.refund(200)
        try await till.fail("re_1")
        await #expect(throws: NoteRefundHandled.Refusal.self) {
            try await handle(.init(orderID: till.order.id, note: "", staffID: CafeFixture.barista))
        }
        #expect(try await handle(request) == 200)
        #expect(try till.work.orders() == 0)
        await #expect(throws: NoteRefundHandled.Refusal.self) { try await handle(request) }
        let logged = try till.counter.database.first(
            "SELECT COUNT(*) AS n FROM action_log WHERE action = 'order.refundHandled'")
        #expect(try logged?.int("n") == 1)
    }

    @Test func `the list of them is found by its index`() async throws {
        let till = try await till()
        let plan = try till.counter.database.read { transaction in
            try transaction.rows(
                """
                EXPLAIN QUERY PLAN SELECT * FROM orders WHERE 1 = 1
                  AND id IN (SELECT order_id FROM refunds WHERE state = 'failed' AND handled_at_ms IS NULL)
                ORDER BY placed_at_ms DESC, id DESC LIMIT 50
                """
            ).map { try $0.text("detail") }
        }
        #expect(plan.contains { $0.hasPrefix("SEARCH orders USING INDEX sqlite_autoindex_orders_1") }, "\(plan)")
        #expect(plan.contains { $0.contains("refunds_failed") }, "\(plan)")
    }
}
