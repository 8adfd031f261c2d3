import Logging
import MuseTestSupport
import Testing

@testable import MuseShared

struct ReconcilePaymentsTests {
    private func reconcile(_ counter: CheckoutCounter) -> ReconcilePayments {
        ReconcilePayments(database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))
    }

    @Test func `what no webhook brought is settled once, and then nothing differs`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.place()(CheckoutCounter.request()).order
        counter.stripe.pay("cs_test_1")
        counter.stripe.refundAtStripe("pi_cs_test_1", minor: 100)
        #expect(try await reconcile(counter)() == .init(compared: 2, repaired: 2, differences: 0))
        counter.cafe.clock.advance(seconds: 31)
        #expect(try await reconcile(counter)() == .init(compared: 2, repaired: 0, differences: 0))
        #expect(try counter.orders.order(order.id)?.status == .paid)
        #expect(try counter.orders.detail(order.id)?.refunds.map(\.isFromStripe) == [true])
        let sum = try counter.database.first("SELECT SUM(amount_minor) AS n FROM payments")?.int("n")
        #expect(sum == order.totals.totalMinor - 100)
    }

    @Test func `it is not done again before its time, nor by two at once`() async throws {
        let counter = try await CheckoutCounter.open()
        let rounds = try await withThrowingTaskGroup(of: ReconcilePayments.Round?.self) { group in
            for _ in 0..<8 { group.addTask { try await reconcile(counter)() } }
            return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
        }
        #expect(rounds == 1)
    }

    @Test func `an invented row of the ledger is told with its order`() async throws {
        let counter = try await CheckoutCounter.open()
        let order = try await counter.plainOrder().order
        try await counter.database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, at_ms)
                VALUES ('bogus', \(order.id), 'charge', 4200, 'USD', 'cs_bogus', \(transaction.now))
                """)
        }
        #expect(try await reconcile(counter)()?.differences == 1)
        let health = try ReconciliationRepository(database: counter.database).health()
        #expect(health.differences.map(\.orderID) == [order.id])
        #expect(health.differences.map(\.ledgerMinor) == [4200])
        #expect(!health.isStale(at: counter.cafe.clock.now))
        counter.cafe.clock.advance(seconds: 121)
        #expect(health.isStale(at: counter.cafe.clock.now))
    }

    @Test func `while Stripe is away the pause doubles and the last result stays`() async throws {
        let counter = try await CheckoutCounter.open()
        let work = reconcile(counter)
        #expect(try await work() != nil)
        counter.stripe.isAway = true
        var pauses: [Int64] = []
        for _ in 0..<4 {
            counter.cafe.clock.advance(seconds: 600)
            #expect(try await work() == nil)
            let next = try counter.database.first("SELECT next_run_at_ms AS n FROM reconciliation")?.int("n") ?? 0
            pauses.append((next - counter.cafe.clock.now.milliseconds) / 1000)
        }
        #expect(pauses == [30, 60, 120, 240])
        let health = try ReconciliationRepository(database: counter.database).health()
        #expect(health.failure != nil && health.checkedAt != nil)
        counter.stripe.isAway = false
        counter.cafe.clock.advance(seconds: 600)
        #expect(try await work() != nil)
        #expect(try ReconciliationRepository(database: counter.database).health().failure == nil)
    }
}
