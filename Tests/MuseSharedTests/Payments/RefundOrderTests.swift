import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct RefundOrderTests {
    /// Two flat whites at $4.80 and three soups, with a tip; all paid.
    private struct Desk {
        let counter: CheckoutCounter
        let detail: OrderDetail

        var refund: RefundOrder {
            RefundOrder(
                database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))
        }

        func ask(
            _ scope: RefundOrder.Scope, restocks: Bool = false, key: String = IDSource.live.next()
        ) async throws -> RefundOrder.Issued {
            try await refund(
                .init(orderID: detail.order.id, scope: scope, reason: "Cold", restocks: restocks),
                by: .init(staffID: CafeFixture.barista, idempotencyKey: key))
        }

        func soups(_ quantity: Int64) -> RefundOrder.Scope {
            .portions([.init(lineID: detail.lines[1].id, quantity: quantity)])
        }

        func number(_ sql: SQL) throws -> Int64? { try counter.database.first(sql)?.int("n") }
        var ledger: Int64? { get throws { try number("SELECT SUM(amount_minor) AS n FROM payments") } }
        var soupLeft: Int64? { get throws { try number("SELECT stock_count AS n FROM menu_items WHERE id = 'soup'") } }
        var total: Int64 { detail.order.totals.totalMinor }
    }

    private func desk() async throws -> Desk {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(
            CheckoutCounter.request(
                [CheckoutCounter.flatWhite(2), CheckoutCounter.line(CafeFixture.soup, 3)], tip: 150)
        ).order
        counter.stripe.pay("cs_test_1")
        try await counter.settle(orderID: order.id)
        return Desk(counter: counter, detail: try #require(try counter.orders.detail(order.id)))
    }

    @Test func `portions go back with their tax, and all of them together are the total`() async throws {
        let desk = try await desk()
        let one = try await desk.ask(desk.soups(1))
        #expect(one.state == "succeeded")
        #expect(one.amountMinor == 1018 || one.amountMinor == 1019)
        _ = try await desk.ask(desk.soups(2))
        _ = try await desk.ask(.portions([.init(lineID: desk.detail.lines[0].id, quantity: 2)]))
        #expect(try desk.ledger == 0)
        #expect(desk.counter.stripe.refunds.reduce(0) { $0 + $1.amount } == desk.total)
        #expect(try desk.number("SELECT COUNT(*) AS n FROM emails WHERE template = 'refund-issued'") == 3)
        #expect(try desk.number("SELECT COUNT(*) AS n FROM action_log WHERE action = 'order.refunded'") == 3)
    }

    @Test func `of twenty who refund the same line at once one wins`() async throws {
        let desk = try await desk()
        let wins = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await desk.ask(desk.soups(2))) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(wins == 1)
        #expect(desk.counter.stripe.refunds.count == 1)
        let refusal = await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(desk.soups(2)) }
        guard case .moreThanLeft(_, let left)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(left == 1)
    }

    @Test func `the same key refunds once, and another body under it is refused`() async throws {
        let desk = try await desk()
        let first = try await desk.ask(desk.soups(1), key: "k")
        let again = try await desk.ask(desk.soups(1), key: "k")
        #expect(first.refundID == again.refundID)
        #expect(desk.counter.stripe.refunds.count == 1)
        await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(desk.soups(2), key: "k") }
    }

    @Test func `an amount above what is left is refused`() async throws {
        let desk = try await desk()
        _ = try await desk.ask(.amount(minor: desk.total - 100))
        await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(.amount(minor: 101)) }
        _ = try await desk.ask(.amount(minor: 100))
        await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(.amount(minor: 1)) }
        #expect(try desk.ledger == 0)
    }

    @Test func `what Stripe refuses is said in its words, and the portions are free again`() async throws {
        let desk = try await desk()
        desk.counter.stripe.refundFate = .refused("Your balance is too low.")
        let refusal = await #expect(throws: RefundOrder.Refusal.self) {
            _ = try await desk.ask(desk.soups(3), restocks: true)
        }
        guard case .refusedByStripe(let words)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(words == "Your balance is too low.")
        #expect(try desk.soupLeft == 0)
        desk.counter.stripe.refundFate = .succeeds
        _ = try await desk.ask(desk.soups(3), restocks: true)
        #expect(try desk.soupLeft == 3)
    }

    @Test func `portions go back into stock once, and a later cancellation gives back only the rest`() async throws {
        let desk = try await desk()
        _ = try await desk.ask(desk.soups(1), restocks: true)
        #expect(try desk.soupLeft == 1)
        _ = try await desk.ask(desk.soups(1), restocks: false)
        #expect(try desk.soupLeft == 1)
        _ = try await MoveOrder(database: desk.counter.database)(
            .init(orderID: desk.detail.order.id, to: .cancelled, staffID: CafeFixture.barista))
        #expect(try desk.soupLeft == 2)
    }

    @Test func `a crash before or after the call leaves one refund at Stripe, settled once`() async throws {
        let desk = try await desk()
        desk.counter.stripe.isAway = true
        let pending = try await desk.ask(desk.soups(1), restocks: true)
        #expect(pending.state == "pending")
        #expect(try desk.soupLeft == 0)
        desk.counter.stripe.isAway = false
        // Stripe has made it, and we died before we wrote its answer down.
        let amount = pending.amountMinor
        _ = try await desk.counter.stripe.client.createRefund(
            RefundRequest(paymentIntent: "pi_cs_test_1", amountMinor: amount, refundID: pending.refundID),
            pending.refundID)
        let issue = IssueRefunds(
            database: desk.counter.database, stripe: desk.counter.stripe.client, logger: Logger(label: "test"))
        desk.counter.cafe.clock.advance(seconds: 60)
        #expect(try await issue() == 1)
        #expect(try await issue() == 0)
        #expect(desk.counter.stripe.refunds.count == 1)
        #expect(try desk.ledger == desk.total - amount)
        #expect(try desk.soupLeft == 1)
    }

    @Test func `a refund that is pending and fails later frees its portions and is no money`() async throws {
        let desk = try await desk()
        desk.counter.stripe.refundFate = .staysPending
        let issued = try await desk.ask(desk.soups(3))
        #expect(issued.state == "pending")
        await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(desk.soups(1)) }
        #expect(try desk.ledger == desk.total)
        desk.counter.stripe.setRefund("re_1", "failed")
        let reconcile = ReconcilePayments(
            database: desk.counter.database, stripe: desk.counter.stripe.client, logger: Logger(label: "test"))
        #expect(try await reconcile() == .init(compared: 2, repaired: 1, differences: 0))
        #expect(try desk.ledger == desk.total)
        desk.counter.stripe.refundFate = .succeeds
        _ = try await desk.ask(desk.soups(3))
    }

    @Test func `a disputed payment can't be refunded too, until the dispute is won`() async throws {
        let desk = try await desk()
        let stripe = desk.counter.stripe
        stripe.dispute("pi_cs_test_1", minor: desk.total)
        let reconcile = ReconcilePayments(
            database: desk.counter.database, stripe: stripe.client, logger: Logger(label: "test"))
        try await reconcile()
        #expect(try desk.ledger == 0)
        await #expect(throws: RefundOrder.Refusal.self) { _ = try await desk.ask(desk.soups(1)) }
        stripe.dispute("pi_cs_test_1", minor: desk.total, status: "won", id: "du_1")
        desk.counter.cafe.clock.advance(seconds: 31)
        try await reconcile()
        #expect(try desk.ledger == desk.total)
        _ = try await desk.ask(desk.soups(1))
        let kinds = try desk.counter.orders.detail(desk.detail.order.id)?.events.map(\.kind) ?? []
        #expect(kinds.contains("disputeOpened") && kinds.contains("disputeWon"))
    }
}
